import { createHmac, randomBytes } from 'node:crypto';
import { defaultIterations } from './scram-verifier.js';
import type { StoredSecret } from './stored-secret.js';

/** As long as that of PostgreSQL's verifiers. */
const saltLength = 16;

/**
 * Has a server ask unknown users the same as known ones, so that nobody learns who is there. What it has learnt of the known ones
 * does not change any more: a question that changes is an unknown user's.
 */
export class UnknownUsers {
  readonly #secret = randomBytes(32);
  /** What the first SCRAM verifier had. */
  #iterations: number | undefined;

  /** How often passwords are hashed, as far as the known users tell. */
  get iterations(): number {
    return this.#iterations ?? defaultIterations;
  }

  /** Whether there are users that the method `md5` asks by SCRAM, as they have such verifiers. */
  get areAskedByScram(): boolean {
    return this.#iterations !== undefined;
  }

  /** Remembers what the host knows of its users. */
  compareWith(secret: StoredSecret): void {
    if (secret.kind === 'scram') this.#iterations ??= secret.verifier.iterations;
  }

  /** The salt of a user who has none of his own: always the same one, made of a secret so that nobody else can make it. */
  saltOf(user: string, secret: string | Uint8Array = this.#secret): Buffer {
    return createHmac('sha256', secret).update(user).digest().subarray(0, saltLength);
  }
}
