/**
 * The hot loop of COPY's text and CSV formats, and the same generated for the columns of a long COPY: then every column's function
 * is known where it is called (decision 15).
 */
import type { ColumnBuilder } from '../values/column-builder.js';
import type { FieldSyntax } from './field-syntax.js';
import { progress } from './loop-progress.js';
import { RowLoops } from './row-loops.js';

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
      const column = columns[k]!;
      const after = k === last ? newline : syntax.delimiter;
      let end = -1;
      if (syntax.beginsNull[bytes[at]!] !== 0) end = syntax.endOfNull(bytes, at);
      if (end >= 0) column.setNull(row);
      else {
        end = column.readPlain(row, bytes, view, at);
        if (end < 0 || bytes[end] !== after) end = column.readField(row, bytes, view, at, syntax);
      }
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

/** Nothing of a schema, and nothing that a client sends, is in the source. */
export const delimitedRowLoops = new RowLoops<DelimitedRowLoop>(
  readDelimitedRows,
  ({ hasPlainText }, k, columns) => {
    const after = k === columns.length - 1 ? 'newline' : 'delimiter';
    const general = `end = c${k}.readField(row, bytes, view, at, syntax) | 0;`;
    const plain = `end = c${k}.readPlain(row, bytes, view, at) | 0;
if (end < 0 || bytes[end] !== ${after}) ${general}`;
    return `end = -1;
if (nulls[bytes[at]] !== 0) end = syntax.endOfNull(bytes, at) | 0;
if (end >= 0) c${k}.setNull(row);
else { ${hasPlainText ? plain : general} }
if (end < 0 || bytes[end] !== ${after}) break;
at = (end + 1) | 0;`;
  },
  (fields) => `return (columns, syntax, bytes, view, position, limit, firstRow, endRow, newlineBytes) => {
const [${fields.map((_, k) => `c${k}`)}] = columns;
const nulls = syntax.beginsNull, delimiter = syntax.delimiter | 0, newline = newlineBytes === 1 ? ${LINE_FEED} : ${CARRIAGE_RETURN};
let at = position | 0, rowStart = position | 0, row = firstRow | 0, end = 0;
for (; row < endRow && at < limit; row++) {
${fields.join('\n')}
if (newlineBytes === 2 && bytes[at++] !== ${LINE_FEED}) break;
if (at > limit) break;
rowStart = at;
}
progress.row = row;
return rowStart;
};`,
);
