/**
 * The hot loop of COPY's text and CSV formats, and the same generated for the columns of a long COPY: then every column's function
 * is known where it is called (decision 15).
 */

import type { FieldSyntax } from '../syntax/field-syntax.js';
import type { ColumnBuilder } from '../values/column-builder.js';
import { readDay } from '../values/read-day.js';
import { fourDigits } from '../values/read-digits.js';
import { readFloat8 } from '../values/read-float8.js';
import { tens } from '../values/text-source.js';
import { progress } from './loop-progress.js';
import { nullStatements, RowLoops } from './row-loops.js';

/**
 * Reads the lines at `position`, of which the first is the row `firstRow`, up to `endRow` or `limit`; returns where the first one begins
 * that is beyond, or not plain: about that one the reader knows what to say. Behind `limit` there must be a line feed.
 */
export type DelimitedRowLoop = (
  columns: readonly ColumnBuilder[],
  syntax: FieldSyntax,
  bytes: Buffer,
  view: DataView,
  position: number,
  limit: number,
  firstRow: number,
  endRow: number,
  newlineBytes: number,
) => number;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** The loop for columns of any kind. */
const readDelimitedRows: DelimitedRowLoop = (
  columns,
  syntax,
  bytes,
  view,
  position,
  limit,
  firstRow,
  endRow,
  newlineBytes,
) => {
  const last = columns.length - 1;
  const newline = newlineBytes === 1 ? LINE_FEED : CARRIAGE_RETURN;
  let at = position;
  let rowStart = position;
  let row = firstRow;
  rows: for (; row < endRow && at < limit; row++) {
    for (let k = 0; k <= last; k++) {
      const after = k === last ? newline : syntax.delimiter;
      const end = readField(columns[k]!, syntax, bytes, view, at, row, after);
      if (end < 0 || bytes[end] !== after) break rows;
      at = end + 1;
    }
    if (newlineBytes === 2 && bytes[at++] !== LINE_FEED) break;
    if (at > limit) break;
    rowStart = at;
  }
  progress.row = row;
  return rowStart;
};

/** Reads any field of any column; returns its end, or -1 for what the ordinary way should look at. */
function readField(
  column: ColumnBuilder,
  syntax: FieldSyntax,
  bytes: Buffer,
  view: DataView,
  at: number,
  row: number,
  after: number,
): number {
  if (syntax.beginsNull[bytes[at]!] !== 0) {
    const end = syntax.endOfNull(bytes, at);
    if (end >= 0) {
      column.setNull(row);
      return end;
    }
  }
  const end = column.readPlain(row, bytes, view, at);
  return end >= 0 && bytes[end] === after ? end : column.readField(row, bytes, view, at, syntax);
}

const calls = {
  plain: 'end = c.readPlain(row, bytes, view, at) | 0; if (end < 0) break general;',
  general: 'end = c.readField(row, bytes, view, at, syntax) | 0; if (end < 0) break rows;',
};

/** Nothing of a schema, and nothing that a client sends, is in the source. */
export const delimitedRowLoops = new RowLoops<DelimitedRowLoop>(
  readDelimitedRows,
  ({ hasPlainText, textSource, nullSource }, k, columns) => {
    const after = k === columns.length - 1 ? 'newline' : 'delimiter';
    const names = ['c', 'n', 'v', 'w', 'o', ...(textSource?.state ?? [])];
    const own = textSource?.statements ?? (hasPlainText ? calls.plain : calls.general);
    return `field: {
general: {
if (nulls[bytes[at]] !== 0) {
if (!shortNull || ((view.getInt32(at, true) ^ nullWord) & nullMask) !== 0 || bytes[at + nullBytes] !== ${after}) break general;
${nullStatements(nullSource)}
at = (at + nullBytes + 1) | 0;
break field;
}
${own}
if (bytes[end] !== ${after}) break general;
at = (end + 1) | 0;
break field;
}
end = readField(c, syntax, bytes, view, at, row, ${after}) | 0;
if (end < 0 || bytes[end] !== ${after}) break rows;
at = (end + 1) | 0;
}`.replace(new RegExp(`\\b(?:${names.join('|')})\\b`, 'g'), `$&${k}`);
  },
  (fields, columns) => `return (columns, syntax, bytes, view, position, limit, firstRow, endRow, newlineBytes) => {
${fields.map((_, k) => `const c${k} = columns[${k}], { values: v${k}, view: w${k}, offsets: o${k}, validity: n${k} } = c${k};`).join('\n')}
${columns.map(({ textSource }, k) => (textSource?.state ?? []).map((name) => `let ${name}${k} = 0;`).join(' ')).join('\n')}
const nulls = syntax.beginsNull, delimiter = syntax.delimiter | 0, newline = newlineBytes === 1 ? ${LINE_FEED} : ${CARRIAGE_RETURN};
const delimiters = syntax.delimiters | 0, specials = syntax.specials | 0;
const { shortNull } = syntax, nullWord = syntax.nullWord | 0, nullMask = syntax.nullMask | 0, nullBytes = syntax.nullBytes | 0;
let at = position | 0, rowStart = position | 0, row = firstRow | 0, end = 0;
let word = 0, count = 0, negative = 0, upper = 0, lower = 0, first = 0, second = 0, third = 0, number = 0;
rows: for (; row < endRow && at < limit; row++) {
${fields.join('\n')}
if (newlineBytes === 2 && bytes[at++] !== ${LINE_FEED}) break;
if (at > limit) break;
rowStart = at;
}
progress.row = row;
return rowStart;
};`,
  { fourDigits, readDay, readField, readFloat8, tens },
);
