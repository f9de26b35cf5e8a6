import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares in a time that tells nothing of where, or in what length, they differ. */
export function sameSecret(one: string | Uint8Array, other: string | Uint8Array): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(secret: string | Uint8Array): Buffer {
  return createHash('sha256').update(secret).digest();
}
