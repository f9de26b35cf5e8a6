import { invalidInput } from './input-error.js';
import { readUint64 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';
import { int64 } from './write-number.js';

const written = /^([\da-f]{1,8})\/([\da-f]{1,8})$/i;

/** pg_lsn, a position in the log, printed as `16/B374D848`. */
export const lsnType: TypeFunctions<bigint> = {
  input(input) {
    const [, upper, lower] = written.exec(input) ?? [];
    if (upper === undefined || lower === undefined) throw invalidInput('pg_lsn', input);
    return (BigInt(`0x${upper}`) << 32n) | BigInt(`0x${lower}`);
  },
  output: (position) => `${hexadecimal(position >> 32n)}/${hexadecimal(position & 0xffff_ffffn)}`,
  receive: readUint64,
  send: int64,
};

function hexadecimal(half: bigint): string {
  return half.toString(16).toUpperCase();
}
