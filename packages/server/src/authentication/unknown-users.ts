import { createHmac, randomBytes } from 'node:crypto';
import type { StoredSecret } from './stored-secret.js';

/** As long as that of PostgreSQL's verifiers. */
const saltLength = 16;

/** Has a server ask unknown users the same as known ones, so that nobody learns who is there. */
export class UnknownUsers {
  readonly #secret = randomBytes(32);
  #knownAreHashed = false;

  /** Whether the known users' passwords are hashed when they come: then it takes the same time for unknown ones. */
  get areHashed(): boolean {
    return this.#knownAreHashed;
  }

  /** Remembers what the host knows of its users. */
  compareWith(secret: StoredSecret): void {
    if (secret.kind !== 'none') this.#knownAreHashed = secret.kind === 'clear';
  }

  /** The salt of a user who has none of his own: always the same one, made of a secret so that nobody else can make it. */
  saltOf(user: string, secret: string | Uint8Array = this.#secret): Buffer {
    return createHmac('sha256', secret).update(user).digest().subarray(0, saltLength);
  }
}
