import { invalidInput } from './input-error.js';
import type { TypeFunctions } from './type-functions.js';

const written = /^([\da-f]{1,8})\/([\da-f]{1,8})$/i;

/** pg_lsn, a position in the log, as PostgreSQL writes it: `16/B374D848`. */
export const lsnType: TypeFunctions = {
  text(input) {
    const [, upper, lower] = written.exec(input) ?? [];
    if (upper === undefined || lower === undefined) throw invalidInput('pg_lsn', input);
    return `${hexadecimal(Number.parseInt(upper, 16))}/${hexadecimal(Number.parseInt(lower, 16))}`;
  },
  binary(reader) {
    // 64 bits at once, for what PostgreSQL says of too few.
    const bytes = Buffer.from(reader.bytes(8));
    return `${hexadecimal(bytes.readUInt32BE())}/${hexadecimal(bytes.readUInt32BE(4))}`;
  },
};

function hexadecimal(half: number): string {
  return half.toString(16).toUpperCase();
}
