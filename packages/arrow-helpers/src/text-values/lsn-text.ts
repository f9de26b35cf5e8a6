/** pg_lsn, a position in the log of writes: two halves of 64 bits, in hexadecimal digits. */

const WRITTEN = /^([\da-f]{1,8})\/([\da-f]{1,8})$/i;

/** Reads `16/B374D848`; undefined for what is none. */
export function readLsn(text: string): bigint | undefined {
  const [, upper, lower] = WRITTEN.exec(text) ?? [];
  return upper === undefined || lower === undefined ? undefined : (BigInt(`0x${upper}`) << 32n) | BigInt(`0x${lower}`);
}

/** As PostgreSQL prints it. */
export function formatLsn(position: bigint): string {
  return `${hexadecimal(position >> 32n)}/${hexadecimal(position & 0xffff_ffffn)}`;
}

function hexadecimal(half: bigint): string {
  return half.toString(16).toUpperCase();
}
