import type { ParameterDecoder } from './parameter-decoder.js';

/** pg_lsn, a position in the log: text as the client wrote it; binary as PostgreSQL writes it, `16/B374D848`. */
export const lsnDecoder: ParameterDecoder = {
  text: (input) => input,
  binary(reader) {
    // 64 bits at once, for what PostgreSQL says of too few.
    const bytes = Buffer.from(reader.bytes(8));
    return `${hexadecimal(bytes.readUInt32BE())}/${hexadecimal(bytes.readUInt32BE(4))}`;
  },
};

function hexadecimal(half: number): string {
  return half.toString(16).toUpperCase();
}
