/**
 * The hot loop (`encode-rows.ts`) once more, generated for the columns of a long result: nothing is chosen anew for each value,
 * which takes a third of the time away in binary and a tenth in text. Decision 15 says why it is worth it.
 */
import { GeneratedFunctions } from '../generated-functions.js';
import { writeBytes, writeBytesLooking } from './bytes.js';
import type { Column } from './column.js';
import { writeDateBinary, writeDateText } from './date.js';
import { writeDecimal } from './decimal.js';
import { encodeRareValue } from './encode-rare-value.js';
import { writeFloat4 } from './float4.js';
import { writeFloat8 } from './float8.js';
import { writeInt32, writeInt64 } from './int.js';
import { LookAhead } from './look-ahead.js';
import { writeNumeric } from './numeric.js';
import { type LineSyntax, type Look, MESSAGE_HEADER_BYTES, NO_MESSAGE, type RowFrame } from './row-frame.js';
import { writeTimestampBinary, writeTimestampText } from './timestamp.js';
import { type ValueKind, valueKind } from './value-kind.js';

/** Writes the rows of a batch as `encodeRows` does. */
export type RowLoop = (firstRow: number, endRow: number, target: Uint8Array, view: DataView, offset: number) => number;

/** Makes a loop for the columns of one batch. */
type LoopMaker = (columns: readonly Column[], frame: RowFrame) => RowLoop;

/** What stands around a value: its length in front, or a delimiter behind, with quotes or escapes where it is to be looked at. */
type Wrap = 'counted' | 'while copied' | Look;

/** The sources of a NULL, of a value of so many bytes and of any other; `k` is the column's number. */
interface Wrapping {
  readonly nothing: string;
  readonly sized: (bytes: number, write: string) => string;
  readonly varying: (write: string) => string;
}

/** With more columns a function is too long for V8 to optimise. */
const MOST_COLUMNS = 64;

/** What the generated code calls, by name. */
const functions = {
  encodeRareValue,
  LookAhead,
  writeBytes,
  writeBytesLooking,
  writeDateBinary,
  writeDateText,
  writeDecimal,
  writeFloat4,
  writeFloat8,
  writeInt32,
  writeInt64,
  writeNumeric,
  writeTimestampBinary,
  writeTimestampText,
};

// In what follows `i` is the value's index, `p` where it is written; of its column there are its number k, c, its view v, its offsets
// o, its validity n, its indices d, its bit offset b, and q: whether nothing in this block's values needs quotes or escapes.
const low = 'v.getInt32(i * 8, true)';
const high = 'v.getInt32(i * 8 + 4, true)';
const bit = '(v.getUint8((i + b) >> 3) >> ((i + b) & 7)) & 1';

const bytesArguments =
  'target, view, p, c.bytes, v, o.getInt32(i * 4, true), o.getInt32(i * 4 + 4, true) - o.getInt32(i * 4, true)';

/** Values of any length: expressions of the position after them. */
const expressions: Partial<Record<ValueKind, string>> = {
  [valueKind.int16Text]: 'writeInt32(target, view, p, v.getInt16(i * 2, true))',
  [valueKind.int32Text]: 'writeInt32(target, view, p, v.getInt32(i * 4, true))',
  [valueKind.int64Text]: `writeInt64(target, view, p, ${high}, ${low})`,
  [valueKind.float32Text]: 'writeFloat4(target, view, p, v, i * 4)',
  [valueKind.float64Text]: 'writeFloat8(target, view, p, v, i * 8)',
  [valueKind.decimalText]: 'writeDecimal(target, view, p, v, i * 4 * c.words, c.words, c.scale)',
  [valueKind.dateDayText]: 'writeDateText(target, view, p, v.getInt32(i * 4, true), c.dayText)',
  [valueKind.timestampText]: `writeTimestampText(target, view, p, ${high}, ${low}, c.unitsPerSecond, c.zoned, c.dayText)`,
  [valueKind.bytes]: `writeBytes(${bytesArguments})`,
  [valueKind.decimalBinary]: 'writeNumeric(view, p, v, i * 4 * c.words, c.words, true, c.scale)',
};

/** Values of so many bytes: statements that write them. */
const statements: Partial<Record<ValueKind, readonly [bytes: number, source: string]>> = {
  [valueKind.boolText]: [1, `target[p] = ${bit} ? 0x74 : 0x66;`],
  [valueKind.boolBinary]: [1, `target[p] = ${bit};`],
  [valueKind.swapped2]: [2, 'view.setInt16(p, v.getInt16(i * 2, true));'],
  [valueKind.swapped4]: [4, 'view.setInt32(p, v.getInt32(i * 4, true));'],
  [valueKind.swapped8]: [8, `view.setInt32(p, ${high}); view.setInt32(p + 4, ${low});`],
  [valueKind.dateDayBinary]: [4, 'writeDateBinary(view, p, v.getInt32(i * 4, true));'],
  [valueKind.timestampBinary]: [8, `writeTimestampBinary(view, p, ${high}, ${low}, c.unitsPerSecond);`],
};

const countedRow = (columns: number): readonly [begin: string, end: string] => [
  `view.setInt16(p, ${columns}); p = (p + 2) | 0;`,
  '',
];
/** The line's end takes the place of the last delimiter. */
const lineRow: readonly [begin: string, end: string] = ['', 'target[p - 1] = 0x0a;'];

const lineNull = 'p = fields.writeNull(target, p) | 0;';
const delimited = 'target[p] = after; p = (p + 1) | 0;';
const looked = 'p = fields.finish(target, f, p, k) | 0;';
const inLine = (begin: string, end: string): Wrapping => {
  const wrap = (write: string): string => `${begin} ${write} ${end}`;
  return { nothing: lineNull, sized: (_, write) => wrap(write), varying: wrap };
};

const wrappings: Readonly<Record<Wrap, Wrapping>> = {
  counted: {
    nothing: 'view.setInt32(p, -1); p = (p + 4) | 0;',
    sized: (bytes, write) => `view.setInt32(p, ${bytes}); p = (p + 4) | 0; ${write}`,
    varying: (write) => `f = p; p = (p + 4) | 0; ${write} view.setInt32(f, p - f - 4);`,
  },
  never: inLine('', delimited),
  'while copied': {
    ...inLine('', ''),
    varying: (write) => `f = p;
if (q) { ${write} } else p = writeBytesLooking(special, ${bytesArguments}) | 0;
if (p > f) { ${delimited} } else { if (p < 0) p = ~p; ${looked} }`,
  },
  'by block': inLine('f = p;', `if (q && p > f) { ${delimited} } else { ${looked} }`),
  each: inLine('f = p;', looked),
};

const makers = new GeneratedFunctions<LoopMaker>();

const noShapes = new Uint16Array(0);

/** The generated loops of one result. */
export class CompiledRows {
  readonly #frame: RowFrame;
  /** What made the last batch's loop, and for which columns: most batches are like the one before. */
  #maker: LoopMaker | undefined;
  #shapes = noShapes;

  constructor(frame: RowFrame) {
    this.#frame = frame;
  }

  /**
   * A loop for rows that are messages. With `known` only one that was generated before, and is warm already. Undefined where there
   * is none.
   */
  loop(columns: readonly Column[], { known }: { readonly known: boolean }): RowLoop | undefined {
    const { messageType, fields } = this.#frame;
    const line = fields?.line;
    if (messageType === NO_MESSAGE || line === null) return undefined;
    if (columns.length === 0 || columns.length > MOST_COLUMNS || (known && makers.isEmpty)) return undefined;
    if (!this.#isLast(columns)) {
      const wraps = columns.map(
        (column, at): Wrap => (line === undefined ? 'counted' : wrapOf(column, line.looks[at], line)),
      );
      const key = columns.map((column, at) => keyOf(column) + wraps[at]).join();
      this.#maker = known ? makers.known(key) : makers.make(key, () => sourceOf(columns, wraps), functions);
      this.#shapes = Uint16Array.from(columns, shapeOf);
    }
    return this.#maker?.(columns, this.#frame);
  }

  /** Whether the loop of the last batch is the one for these columns. */
  #isLast(columns: readonly Column[]): boolean {
    if (this.#maker === undefined) return false;
    for (let at = 0; at < columns.length; at++) if (shapeOf(columns[at]!) !== this.#shapes[at]) return false;
    return true;
  }
}

/** What of a column is in a loop's source. */
function shapeOf({ kind, indices, validity, bitOffset }: Column): number {
  return kind * 4 + (indices !== null ? 3 : validity === null ? 0 : bitOffset === 0 ? 1 : 2);
}

function keyOf({ kind, indices, validity, bitOffset }: Column): string {
  if (indices !== null) return `${kind}d`;
  if (validity === null) return String(kind);
  return bitOffset === 0 ? `${kind}n` : `${kind}s`;
}

function wrapOf({ kind, indices }: Column, look: Look = 'each', { special }: LineSyntax): Wrap {
  if (look !== 'by block') return look;
  // Only values that lie one after another can be looked at together.
  if (indices !== null) return 'each';
  if (kind === valueKind.bytes && special.isFew) return 'while copied';
  return kind === valueKind.bytes || kind === valueKind.longBytes ? look : 'each';
}

/** Made of the kinds of columns and what stands around them: nothing of a schema, and nothing that a client sends, is in it. */
function sourceOf(columns: readonly Column[], wraps: readonly Wrap[]): string {
  const locals = columns.map(
    (_, k) =>
      `const c${k} = columns[${k}], { view: v${k}, offsets: o${k}, validity: n${k}, indices: d${k}, bitOffset: b${k} } = c${k};`,
  );
  const fields = columns.map((column, k) => {
    return fieldSource(column, wrappings[wraps[k] ?? 'counted']).replace(/\b[bcdknoqv]\b/g, (name) =>
      name === 'k' ? `${k}` : name + k,
    );
  });
  const ahead = columns.flatMap((_, k) => (wraps[k] === 'while copied' || wraps[k] === 'by block' ? [k] : []));
  const [begin, end] = wraps[0] === 'counted' || wraps[0] === undefined ? countedRow(columns.length) : lineRow;
  return `return (columns, { messageType, fields }) => {
const { delimiter, special } = fields === null ? {} : fields.line;
${locals.join('\n')}
${ahead.map((k) => `const a${k} = new LookAhead(c${k}, special);`).join('\n')}
return (firstRow, endRow, target, view, offset) => {
const after = delimiter | 0, type = messageType | 0;
let p = offset | 0;
${ahead.map((k) => `const q${k} = a${k}.isClean(firstRow, endRow);`).join('\n')}
for (let row = firstRow; row < endRow; row++) {
const start = p;
const byte = row >> 3, bit = 1 << (row & 7);
let i = row, f = 0;
target[p] = type;
p = (p + ${MESSAGE_HEADER_BYTES}) | 0;
${begin}
${fields.join('\n')}
${end}
view.setInt32(start + 1, p - start - 1);
}
return p;
};
};`;
}

function fieldSource({ kind, indices, validity, bitOffset }: Column, wrapping: Wrapping): string {
  const { nothing } = wrapping;
  const value = kind === valueKind.null ? nothing : valueSource(kind, wrapping);
  if (indices !== null) return `i = d[row]; if (i < 0) { ${nothing} } else { ${value} } i = row;`;
  if (validity === null) return value;
  // Without an offset byte and bit are the same in all columns, and are computed once.
  const isNull = bitOffset === 0 ? 'n[byte] & bit' : 'n[(row + b) >> 3] & (1 << ((row + b) & 7))';
  return `if ((${isNull}) === 0) { ${nothing} } else { ${value} }`;
}

function valueSource(kind: ValueKind, { sized, varying }: Wrapping): string {
  const known = statements[kind];
  if (known !== undefined) {
    const [bytes, source] = known;
    return sized(bytes, `${source} p = (p + ${bytes}) | 0;`);
  }
  return varying(`p = ${expressions[kind] ?? 'encodeRareValue(c, i, target, view, p)'} | 0;`);
}
