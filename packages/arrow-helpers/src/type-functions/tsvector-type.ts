import { type BufferReader, PgError, sqlstate } from '@riffq/wire';
import { malformed, mostLexemeBytes, quoteLexeme } from './lexeme.js';
import { LexemeScanner } from './lexeme-scanner.js';
import type { TypeFunctions } from './type-functions.js';
import { int32, uint16 } from './write-number.js';

/** Where a lexeme stands, and how much that counts. */
interface Position {
  readonly place: number;
  /** 0 to 3, of D to A. */
  readonly weight: number;
}

/** A lexeme with its positions. */
interface Entry {
  readonly lexeme: Buffer;
  readonly positions: readonly Position[];
}

const mostBytes = 0xf_ffff;
const mostPositions = 256;
const lastPlace = 0x3fff;
const mostEntries = 0x3fff_ffff / 4;
const weights = ['', 'C', 'B', 'A'];

/** tsvector, printed as `'cat':3A,5 'sat'`. */
export const tsvectorType: TypeFunctions<readonly Entry[]> = {
  input(text) {
    const scanner = new LexemeScanner(text, 'tsvector');
    const positions = new Map<string, Position[]>();
    for (let word = scanner.word(); word !== undefined; word = scanner.word()) {
      checkLength(word);
      positions.set(word, [...(positions.get(word) ?? []), ...readPositions(scanner, text)]);
    }
    return inOrder(Array.from(positions, ([word, all]) => ({ lexeme: Buffer.from(word), positions: unique(all) })));
  },
  output: (entries) =>
    entries.map(({ lexeme, positions }) => quoteLexeme(lexeme.toString('utf8')) + positionsText(positions)).join(' '),
  receive(reader) {
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
      entries.push({ lexeme, positions: receivePositions(reader, positionCount) });
    }
    return inOrder(entries);
  },
  send: (entries) =>
    Buffer.concat([
      int32(entries.length),
      ...entries.flatMap(({ lexeme, positions }) => [
        lexeme,
        Uint8Array.of(0),
        uint16(positions.length),
        ...positions.map(({ place, weight }) => uint16((weight << 14) | place)),
      ]),
    ]),
};

function inOrder(entries: readonly Entry[]): readonly Entry[] {
  return entries.toSorted((first, second) => Buffer.compare(first.lexeme, second.lexeme));
}

function checkLength(word: string): void {
  const length = Buffer.byteLength(word);
  if (length < mostLexemeBytes) return;
  throw new PgError({
    sqlstate: sqlstate.program_limit_exceeded,
    message: `word is too long (${length} bytes, max ${mostLexemeBytes - 1} bytes)`,
  });
}

/** `:1A,2` behind a word. */
function readPositions(scanner: LexemeScanner, text: string): readonly Position[] {
  const positions: Position[] = [];
  if (!scanner.takes(':')) return positions;
  do {
    const place = Math.min(scanner.number(), lastPlace);
    if (place === 0) {
      const message = `wrong position info in tsvector: "${text}"`;
      throw new PgError({ sqlstate: sqlstate.syntax_error, message });
    }
    positions.push({ place, weight: scanner.weight() });
  } while (scanner.takes(','));
  scanner.endOfWord();
  return positions;
}

/** In order, each place once and with its highest weight, and no more than there is room for. */
function unique(positions: readonly Position[]): readonly Position[] {
  const heaviest = new Map<number, number>();
  for (const { place, weight } of positions) heaviest.set(place, Math.max(weight, heaviest.get(place) ?? 0));
  const all = Array.from(heaviest, ([place, weight]) => ({ place, weight }));
  return all.sort((first, second) => first.place - second.place).slice(0, mostPositions);
}

function positionsText(positions: readonly Position[]): string {
  if (positions.length === 0) return '';
  return `:${positions.map(({ place, weight }) => `${place}${weights[weight]}`).join(',')}`;
}

/** A weight in the two highest bits, and a place. */
function receivePositions(reader: BufferReader, count: number): readonly Position[] {
  const positions: Position[] = [];
  let last = -1;
  for (let index = 0; index < count; index++) {
    const entry = reader.uint16();
    const place = entry & lastPlace;
    if (place <= last) throw malformed('position information is misordered');
    last = place;
    positions.push({ place, weight: entry >> 14 });
  }
  return positions;
}
