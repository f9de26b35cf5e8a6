import { hash } from 'node:crypto';

/** The first OID that PostgreSQL gives to users' objects; those below are built in. */
export const FIRST_USER_OID = 16384;

const range = 2_000_000_000;
/** The first OID that `stableOid` never gives. */
export const FIRST_OID_BEYOND = FIRST_USER_OID + range;

/**
 * An OID that follows from names alone, the same in every process: for a catalog whose objects have no numbers of their own.
 * The salt tells kinds of objects apart. It is that of the Python original, between 16384 and 2 billion and some.
 *
 * @example
 * const oid = stableOid('rel', 'shop', 'public', 'orders');
 */
export function stableOid(salt: string, ...parts: readonly string[]): number {
  const digest = hash('sha1', [salt, ...parts].join('\0'), 'buffer');
  return FIRST_USER_OID + (digest.readUInt32BE(0) % range);
}
