import { PgError, sqlstate } from '@riffq/wire';
import { Field, type RecordBatch, Schema, Table } from 'apache-arrow';
import { makeRecordBatch } from './record-batch.js';
import type { ArrowStream, SchemaDescription } from './schema-description.js';
import { boolCells } from './to-arrow/bool-cells.js';
import { buildColumn, Cells, type CellType } from './to-arrow/cell-type.js';
import { dateCells, datetimeCells } from './to-arrow/date-cells.js';
import { floatCells, intCells } from './to-arrow/number-cells.js';
import { textCells } from './to-arrow/text-cells.js';

const DEFAULT_BATCH_ROWS = 8192;

const cellTypes: ReadonlyMap<string, CellType> = new Map([
  ['int', intCells],
  ['float', floatCells],
  ['bool', boolCells],
  ['str', textCells],
  ['string', textCells],
  ['date', dateCells],
  ['datetime', datetimeCells],
]);

/**
 * Makes an Arrow table (of one batch) out of plain rows. Null and undefined are NULL in every column; cells beyond the
 * schema are left out.
 *
 * | type | cells |
 * |---|---|
 * | `int` | whole numbers, bigints |
 * | `float` | numbers, bigints that a float holds exactly |
 * | `bool` | true, false |
 * | `str`, `string` | strings, Uint8Arrays that are UTF-8 |
 * | `date` | Dates, ISO strings, bigints (days since 1970) |
 * | `datetime` | Dates, ISO strings, bigints (microseconds since 1970); without a time zone |
 *
 * @throws PgError 22023 for an unknown type or a row that is too short; 42804, 22003, 22007, 22008 or 22021 for a cell that
 * the type does not take, naming column, row (from 1), what was found and what was expected
 * @example
 * const table = toArrow([{ name: 'id', type: 'int' }, { name: 'city', type: 'str' }], [[1, 'Oslo'], [2, null]]);
 */
export function toArrow(schema: SchemaDescription, rows: Iterable<readonly unknown[]>): Table;
/**
 * The same for rows that arrive over time: batches of at most `batchRows` rows, made when they are asked for.
 *
 * @param options - `batchRows`: @defaultValue 8192
 */
export function toArrow(
  schema: SchemaDescription,
  rows: AsyncIterable<readonly unknown[]>,
  options?: { readonly batchRows?: number },
): ArrowStream;
export function toArrow(
  description: SchemaDescription,
  rows: Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>,
  { batchRows = DEFAULT_BATCH_ROWS }: { readonly batchRows?: number } = {},
): Table | ArrowStream {
  requireShape(description, rows);
  const types = description.map((column, index) => cellTypeOf(column, index));
  const schema = new Schema(description.map(({ name }, index) => new Field(name, types[index]!.arrowType, true)));
  const builder = new BatchBuilder(description, types, schema);
  if (Symbol.asyncIterator in rows) {
    if (Number.isInteger(batchRows) && batchRows > 0) return { schema, batches: batchesOf(builder, rows, batchRows) };
    throw invalid(`batchRows must be a whole number above 0, not ${batchRows}`);
  }
  for (const row of rows) builder.add(row);
  return new Table(schema, [builder.take()]);
}

/** Callers without types may give anything. */
function requireShape(description: unknown, rows: unknown): void {
  if (!Array.isArray(description)) throw invalid('the schema must be an array of { name, type }');
  const iterable =
    typeof rows === 'object' && rows !== null && (Symbol.iterator in rows || Symbol.asyncIterator in rows);
  if (!iterable) throw invalid(`rows must be an iterable of rows, not ${rows === null ? 'null' : `a ${typeof rows}`}`);
}

async function* batchesOf(
  builder: BatchBuilder,
  rows: AsyncIterable<readonly unknown[]>,
  batchRows: number,
): AsyncGenerator<RecordBatch, void, undefined> {
  for await (const row of rows) {
    builder.add(row);
    if (builder.rows === batchRows) yield builder.take();
  }
  if (builder.rows > 0) yield builder.take();
}

/** Collects rows by column. */
class BatchBuilder {
  rows = 0;
  #rowsBefore = 0;
  #cells: readonly Cells[] = [];

  constructor(
    private readonly description: SchemaDescription,
    private readonly types: readonly CellType[],
    private readonly schema: Schema,
  ) {
    this.#start();
  }

  add(row: readonly unknown[]): void {
    const columns = this.#cells;
    if (!Array.isArray(row) || row.length < columns.length) throw this.#badRow(row);
    for (const [index, { values }] of columns.entries()) values.push(row[index]);
    this.rows += 1;
  }

  /** The rows since the last call. */
  take(): RecordBatch {
    const children = this.#cells.map((cells, index) => buildColumn(cells, this.types[index]!));
    const batch = makeRecordBatch(this.schema, this.rows, children);
    this.#rowsBefore += this.rows;
    this.#start();
    return batch;
  }

  #start(): void {
    this.rows = 0;
    this.#cells = this.description.map((column) => new Cells(column, this.#rowsBefore + 1));
  }

  #badRow(row: unknown): PgError {
    const number = this.#rowsBefore + this.rows + 1;
    const expected = this.description.length;
    return Array.isArray(row)
      ? invalid(`row ${number} has ${row.length} cells instead of ${expected}`)
      : invalid(`row ${number} is not an array`, `Give each row as an array of ${expected} cells.`);
  }
}

function cellTypeOf(column: { readonly name: string; readonly type: string }, index: number): CellType {
  if (typeof column?.name !== 'string') throw invalid(`column ${index + 1} of the schema has no name`);
  if (typeof column.type !== 'string') throw invalid(`column "${column.name}" of the schema has no type`);
  const found = cellTypes.get(column.type);
  if (found !== undefined) return found;
  throw invalid(
    `column "${column.name}" has the unknown type "${column.type}"`,
    `The types are ${[...cellTypes.keys()].join(', ')}.`,
  );
}

function invalid(message: string, hint?: string): PgError {
  return new PgError({ sqlstate: sqlstate.invalid_parameter_value, message, ...(hint === undefined ? {} : { hint }) });
}
