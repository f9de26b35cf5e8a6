import { type BufferReader, PgError, sqlstate } from '@riffq/wire';
import type { TypeFunctions } from './type-functions.js';

/** A lexeme with its positions, as printed. */
interface Entry {
  readonly lexeme: Buffer;
  readonly positions: string;
}

const mostLexemeBytes = 2047;
const mostBytes = 0xf_ffff;
const mostPositions = 256;
const mostEntries = 0x3fff_ffff / 4;
const weights = ['', 'C', 'B', 'A'];

/** tsvector: text as the client wrote it; binary as PostgreSQL writes it, `'cat':3A,5 'sat'`. */
export const tsvectorType: TypeFunctions = {
  text: (input) => input,
  binary(reader) {
    const count = reader.int32();
    if (count < 0 || count > mostEntries) throw malformed('invalid size of tsvector');
    const entries: Entry[] = [];
    let bytes = 0;
    for (let index = 0; index < count; index++) {
      const lexeme = Buffer.from(reader.cstring(), 'utf8');
      const positionCount = reader.uint16();
      bytes += lexeme.length;
      if (lexeme.length > mostLexemeBytes) throw malformed('invalid tsvector: lexeme too long');
      if (bytes > mostBytes) throw malformed('invalid tsvector: maximum total lexeme length exceeded');
      if (positionCount > mostPositions) throw malformed('unexpected number of tsvector positions');
      entries.push({ lexeme, positions: readPositions(reader, positionCount) });
    }
    entries.sort((first, second) => Buffer.compare(first.lexeme, second.lexeme));
    return entries.map(({ lexeme, positions }) => quoteLexeme(lexeme.toString('utf8')) + positions).join(' ');
  },
};

/** A lexeme as it stands in tsvector and tsquery. */
export function quoteLexeme(lexeme: string): string {
  return `'${lexeme.replace(/['\\]/g, '$&$&')}'`;
}

/** XX000: what PostgreSQL says of text search's binary forms is for developers. */
export function malformed(message: string): PgError {
  return new PgError({ sqlstate: sqlstate.internal_error, message });
}

/** A weight in the two highest bits, and a position. */
function readPositions(reader: BufferReader, count: number): string {
  const printed: string[] = [];
  let last = -1;
  for (let index = 0; index < count; index++) {
    const entry = reader.uint16();
    const position = entry & 0x3fff;
    if (position <= last) throw malformed('position information is misordered');
    last = position;
    printed.push(`${position}${weights[entry >> 14]}`);
  }
  return count === 0 ? '' : `:${printed.join(',')}`;
}
