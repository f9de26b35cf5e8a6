import type { Format } from './format.js';

/** One column of a RowDescription. */
export interface FieldDescription {
  readonly name: string;
  readonly typeOid: number;
  /** Bytes of a value, negative if it varies. @defaultValue `typeSize(typeOid)` */
  readonly typeSize?: number;
  /** What `varchar(10)` or `numeric(8,2)` keep in pg_attribute.atttypmod. @defaultValue -1 */
  readonly typeModifier?: number;
  /** The table that the column is of, 0 if of none. @defaultValue 0 */
  readonly tableOid?: number;
  /** The column's number in that table, from 1. @defaultValue 0 */
  readonly columnNumber?: number;
  /** @defaultValue 'text' */
  readonly format?: Format;
}
