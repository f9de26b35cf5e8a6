import type { Schema, Table } from 'apache-arrow';
import type { ArrowStream, SchemaDescription } from './schema-description.js';
import type { BatchOptions } from './to-arrow/batches.js';
import { isAsyncIterable, isIterable } from './to-arrow/is-iterable.js';
import { streamOfObjects, tableOfObjects } from './to-arrow/objects-to-arrow.js';
import { rowsToArrow } from './to-arrow/rows-to-arrow.js';

type Rows = Iterable<readonly unknown[]>;
type AsyncRows = AsyncIterable<readonly unknown[]>;

/**
 * Makes an Arrow table (of one batch) out of plain rows. Null and undefined are NULL in every column; cells beyond the
 * schema are left out. What a handler gets as `args` is taken by columns of the parameters' types.
 *
 * A type is one of the names below, any other PostgreSQL type's name (`numeric(10,2)`, `uuid`, `timestamptz`, `text[]`), an
 * Arrow type's name (`int32`, `timestamp[us, tz=UTC]`, `List<Utf8View>`) or an Arrow type; see the guide "Arrow".
 *
 * | type | cells |
 * |---|---|
 * | `int` | whole numbers, bigints |
 * | `float` | numbers, bigints that a float holds exactly |
 * | `bool` | true, false |
 * | `str`, `string` | strings, Uint8Arrays that are UTF-8 |
 * | `date` | Dates, strings such as `2024-02-29`, bigints (days since 1970) |
 * | `datetime` | Dates, strings such as `2024-02-29 12:30`, bigints (microseconds since 1970); without a time zone |
 *
 * @param schema - names and types, or an Arrow schema
 * @throws PgError 22023 for an unknown type or a row that is too short, 42601 for a type's name that cannot be read; 42804,
 * 22003, 22007, 22008, 22021 or 22P02 for a cell that the type does not take, naming column, row (from 1), what was found
 * and what was expected
 * @example
 * const table = toArrow([{ name: 'id', type: 'int' }, { name: 'city', type: 'str' }], [[1, 'Oslo'], [2, null]]);
 */
export function toArrow(schema: SchemaDescription | Schema, rows: Rows): Table;
/**
 * The same for rows that are not all at hand: batches of bounded size, made when they are asked for.
 *
 * @example
 * return toArrow([{ name: 'id', type: 'int4' }], readRows(sql), { signal: context.signal });
 */
export function toArrow(schema: SchemaDescription | Schema, rows: Rows, options: BatchOptions): ArrowStream;
export function toArrow(schema: SchemaDescription | Schema, rows: AsyncRows, options?: BatchOptions): ArrowStream;
/**
 * The same for plain objects, whose keys are the columns, in the order of their first appearance. Whole numbers and
 * bigints are `int`; with a fraction (-0, NaN, an infinity, a number beyond 2^53) among them all are `float`. Strings are
 * `str`, Dates `datetime`, bytes `bytea`, arrays arrays of what is in them, as typed arrays are; nothing but null is `str`.
 *
 * @throws PgError 42804 for values that do not go together, 22023 for objects without keys, and as above
 * @example
 * toArrow([{ id: 1, city: 'Oslo' }, { id: 2, city: null }]);
 */
export function toArrow(objects: Iterable<object>): Table;
/**
 * The same for objects that are not all at hand. The rows of the first batch say what the columns are: a later row with
 * another key, or a value of another type, is an error.
 */
export function toArrow(objects: AsyncIterable<object>, options?: BatchOptions): Promise<ArrowStream>;
export function toArrow(objects: Iterable<object>, options: BatchOptions): Promise<ArrowStream>;
export function toArrow(
  first: SchemaDescription | Schema | Iterable<object> | AsyncIterable<object>,
  ...rest: readonly [rowsOrOptions?: Rows | AsyncRows | BatchOptions, options?: BatchOptions]
): Table | ArrowStream | Promise<ArrowStream> {
  const [second, options] = rest;
  if (isAsyncIterable(first)) return streamOfObjects(first, isOptions(second) ? second : undefined);
  if (isIterable(first) && rest.length === 0) return tableOfObjects(first);
  if (isIterable(first) && isOptions(second)) return streamOfObjects(first, second);
  return rowsToArrow(first, second, options);
}

function isOptions(value: unknown): value is BatchOptions {
  return typeof value === 'object' && value !== null && !isIterable(value) && !isAsyncIterable(value);
}
