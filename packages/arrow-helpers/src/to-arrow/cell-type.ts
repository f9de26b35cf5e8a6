import type { DataType, Vector } from 'apache-arrow';
import { Data } from 'apache-arrow/data';
import { BufferType } from 'apache-arrow/enum';
import { type Cells, isNull } from './cells.js';

/** How cells of one type become an Arrow column. */
export interface CellType {
  readonly arrowType: DataType;
  /** What the Arrow type alone does not say of the PostgreSQL type: metadata of the column's field. */
  readonly metadata?: ReadonlyMap<string, string>;
  /**
   * The same for lists of as many dimensions as a cell has, undefined for one that does not tell: an array type of PostgreSQL's
   * does not say how many its values have.
   */
  readonly dimensionedAs?: (cell: unknown) => CellType | undefined;
  /** The buffers and children of a column; the cells that are null or undefined count as zero. */
  readonly build: (cells: Cells) => CellBuffers;
}

/** What a column is made of beside its validity. */
export interface CellBuffers {
  readonly values?: ArrayBufferView;
  readonly offsets?: Int32Array | BigInt64Array;
  readonly children?: readonly Data[];
  readonly dictionary?: Vector;
  /** What views point into. */
  readonly variadic?: readonly Uint8Array[];
  /** Of a union, which has no validity of its own: the alternative of each row. */
  readonly typeIds?: Int8Array;
}

/** The key of a field's metadata that holds the name of its PostgreSQL type. */
export const POSTGRES_TYPE = 'PG:type';

/** Makes the column of an Arrow batch. */
export function buildColumn(cells: Cells, { arrowType, build }: CellType): Data {
  const { values, offsets, children, dictionary, variadic, typeIds } = build(cells);
  const length = cells.values.length;
  const { validity, nullCount } = typeIds === undefined ? validityOf(cells) : noNulls;
  const buffers = {
    ...(values === undefined ? {} : { [BufferType.DATA]: values }),
    ...(offsets === undefined ? {} : { [BufferType.OFFSET]: offsets }),
    ...(typeIds === undefined ? { [BufferType.VALIDITY]: validity } : { [BufferType.TYPE]: typeIds }),
  };
  return new Data<DataType>(arrowType, 0, length, nullCount, buffers, [...(children ?? [])], dictionary, variadic);
}

interface Validity {
  readonly validity: Uint8Array;
  readonly nullCount: number;
}

const noNulls: Validity = { validity: new Uint8Array(0), nullCount: 0 };

function validityOf({ values }: Cells): Validity {
  let { validity, nullCount } = noNulls;
  for (const [index, cell] of values.entries()) {
    if (!isNull(cell)) continue;
    if (nullCount === 0) validity = new Uint8Array((values.length + 7) >> 3).fill(0xff);
    nullCount += 1;
    validity[index >> 3]! &= ~(1 << (index & 7));
  }
  return { validity, nullCount };
}
