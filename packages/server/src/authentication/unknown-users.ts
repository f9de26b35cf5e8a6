import { createHmac, randomBytes } from 'node:crypto';
import { defaultIterations } from './scram-verifier.js';
import type { StoredSecret } from './stored-secret.js';

/** As long as that of PostgreSQL's verifiers. */
const saltLength = 16;

/** Has a server ask unknown users the same as known ones, so that nobody learns who is there. */
export class UnknownUsers {
  readonly #secret = randomBytes(32);
  readonly #knownAs = new Set<StoredSecret['kind']>();
  /** What the last known user's password is hashed for; until there is one, verifiers are expected. */
  #hashedFor: { readonly kind: StoredSecret['kind']; readonly iterations: number } = {
    kind: 'scram',
    iterations: defaultIterations,
  };

  /** Whether the known users' passwords are hashed when they come by SCRAM: then it takes the same time for unknown ones. */
  get areHashed(): boolean {
    return this.#hashedFor.kind === 'clear';
  }

  /** How often the known users' passwords are hashed that come in clear text. */
  get passwordIterations(): number {
    return this.#hashedFor.iterations;
  }

  /** Whether the method `md5` asks them by SCRAM, as it asks those that have such verifiers; PostgreSQL's default, too. */
  get areAskedByScram(): boolean {
    return this.#knownAs.size === 0 || this.#knownAs.has('scram');
  }

  /** Remembers what the host knows of its users. */
  compareWith(secret: StoredSecret): void {
    if (secret.kind === 'none') return;
    this.#knownAs.add(secret.kind);
    this.#hashedFor = { kind: secret.kind, iterations: secret.kind === 'scram' ? secret.verifier.iterations : 0 };
  }

  /** The salt of a user who has none of his own: always the same one, made of a secret so that nobody else can make it. */
  saltOf(user: string, secret: string | Uint8Array = this.#secret): Buffer {
    return createHmac('sha256', secret).update(user).digest().subarray(0, saltLength);
  }
}
