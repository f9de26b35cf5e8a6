import { randomBytes, timingSafeEqual } from 'node:crypto';

/** Finds the session that a CancelRequest means (manual, section 54.2.9). */
export class CancelRegistry {
  readonly #entries = new Map<number, { readonly secretKey: Uint8Array; readonly cancel: () => void }>();

  /** Draws a process id that no session has and a secret key of `keyLength` bytes. */
  register(keyLength: 4 | 32, cancel: () => void): { readonly processId: number; readonly secretKey: Uint8Array } {
    let processId: number;
    do {
      processId = randomBytes(4).readUInt32BE() & 0x7fffffff;
    } while (processId === 0 || this.#entries.has(processId));
    // A copy: small arrays live on the heap, where the original holds a buffer of its own.
    const secretKey = Uint8Array.from(randomBytes(keyLength));
    this.#entries.set(processId, { secretKey, cancel });
    return { processId, secretKey };
  }

  unregister(processId: number): void {
    this.#entries.delete(processId);
  }

  /** Cancels what the session is running; a wrong key is ignored, as PostgreSQL does, and takes as long to tell. */
  cancel(processId: number, secretKey: Uint8Array): void {
    const entry = this.#entries.get(processId);
    if (entry === undefined || entry.secretKey.length !== secretKey.length) return;
    if (timingSafeEqual(entry.secretKey, secretKey)) entry.cancel();
  }
}
