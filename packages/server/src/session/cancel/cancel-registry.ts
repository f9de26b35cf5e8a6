import { timingSafeEqual } from 'node:crypto';
import { randomBytes } from '../random-bytes.js';

/** Finds the session that a CancelRequest means (manual, section 54.2.9). */
export class CancelRegistry<T> {
  readonly #entries = new Map<number, { readonly secretKey: Uint8Array; readonly session: T }>();

  /** Draws a process id that no session has and a secret key of `keyLength` bytes. */
  register(keyLength: 4 | 32, session: T): { readonly processId: number; readonly secretKey: Uint8Array } {
    for (;;) {
      const drawn = randomBytes(4 + keyLength);
      const [a = 0, b = 0, c = 0, d = 0] = drawn;
      const processId = ((a & 0x7f) << 24) | (b << 16) | (c << 8) | d;
      if (processId === 0 || this.#entries.has(processId)) continue;
      const secretKey = drawn.subarray(4);
      this.#entries.set(processId, { secretKey, session });
      return { processId, secretKey };
    }
  }

  unregister(processId: number): void {
    this.#entries.delete(processId);
  }

  /** The session that a key is of; a wrong key is of none, and takes as long to tell. */
  find(processId: number, secretKey: Uint8Array): T | undefined {
    const entry = this.#entries.get(processId);
    if (entry === undefined || entry.secretKey.length !== secretKey.length) return undefined;
    return timingSafeEqual(entry.secretKey, secretKey) ? entry.session : undefined;
  }
}
