/**
 * The hot loop of COPY's binary format, and the same generated for the columns of a long COPY: then every column's function is
 * known where it is called (decision 15).
 */
import type { ColumnBuilder } from '../values/column-builder.js';
import { copyText } from '../values/copy-text.js';
import { SLACK_BYTES } from './data-buffer.js';
import { progress } from './loop-progress.js';
import { nullStatements, RowLoops } from './row-loops.js';

/**
 * Reads the rows at `position`, of which the first is `firstRow`, up to `endRow` or `limit`; returns where the first one begins that
 * is not whole, or not good: about that one the reader knows what to say.
 */
export type BinaryRowLoop = (
  columns: readonly ColumnBuilder[],
  bytes: Buffer,
  view: DataView,
  position: number,
  limit: number,
  firstRow: number,
  endRow: number,
  maximum: number,
) => number;

/** The loop for columns of any kind. */
const readBinaryRows: BinaryRowLoop = (columns, bytes, view, position, limit, firstRow, endRow, maximum) => {
  const count = columns.length;
  let at = position;
  let rowStart = position;
  let row = firstRow;
  rows: for (; row < endRow; row++) {
    rowStart = at;
    if (limit - at < 2 || view.getInt16(at) !== count) break;
    at += 2;
    for (let column = 0; column < count; column++) {
      if (limit - at < 4) break rows;
      const size = view.getInt32(at);
      at += 4;
      if (size === -1) {
        columns[column]!.setNull(row);
        continue;
      }
      if (size < 0 || size > maximum || size > limit - at) break rows;
      if (!columns[column]!.readBinary(row, bytes, view, at, size)) break rows;
      at += size;
    }
    rowStart = at;
  }
  progress.row = row;
  return rowStart;
};

/** The longest field that a generated loop goes over without a look at the limit: a size and a uuid. */
const LONGEST_FIELD_BYTES = 4 + 16;
/** After so many it looks, and so reads no further behind the data than the slack; half of that is plenty. */
const FIELDS_BETWEEN_LOOKS = Math.floor(SLACK_BYTES / 2 / LONGEST_FIELD_BYTES);

/** Nothing of a schema, and nothing that a client sends, is in the source. */
export const binaryRowLoops = new RowLoops<BinaryRowLoop>(
  readBinaryRows,
  ({ binarySource, nullSource }, k) => {
    const own = binarySource && `if (${binarySource.condition}) { ${binarySource.statement} } else `;
    const look = k > 0 && k % FIELDS_BETWEEN_LOOKS === 0 ? 'if (at > limit) break;\n' : '';
    return `${look}size = view.getInt32(at) | 0;
at = (at + 4) | 0;
${own ?? ''}if (size === -1) { ${nullStatements(nullSource)} }
else {
if (size < 0 || size > maximum || size > limit - at || !c.readBinary(row, bytes, view, at, size)) break;
at = (at + size) | 0;
}`.replace(/\b[cnvwo]\b/g, `$&${k}`);
  },
  (fields) => `return (columns, bytes, view, position, limit, firstRow, endRow, maximum) => {
${fields.map((_, k) => `const c${k} = columns[${k}], { values: v${k}, view: w${k}, offsets: o${k}, validity: n${k} } = c${k};`).join('\n')}
let at = position | 0, rowStart = position | 0, row = firstRow | 0, size = 0, high = 0, low = 0, sum = 0, number = 0;
for (; row < endRow; row++) {
rowStart = at;
if (view.getInt16(at) !== ${fields.length}) break;
at = (at + 2) | 0;
${fields.join('\n')}
if (at > limit) break;
rowStart = at;
}
progress.row = row;
return rowStart;
};`,
  { copyText },
);
