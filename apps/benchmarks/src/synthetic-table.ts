import { Field, makeData, RecordBatch, Schema, Struct } from 'apache-arrow';
import * as column from './column-recipe.js';

/** A table of made-up rows: the same number gives the same row, here and in PostgreSQL. */
export interface SyntheticTable {
  readonly title: string;
  readonly rows: number;
  readonly columns: readonly column.ColumnRecipe[];
}

const five = [column.int4, column.int8, column.float8, column.text16, column.timestamp];
const eight = [...five, column.bool, column.numeric18, column.date];
const million = 1_000_000;

/** The tables that results are streamed from, by name. */
export const tables = {
  synthetic: { title: 'int4, int8, float8, 16 characters, timestamp', rows: million, columns: five },
  nulls: { title: 'the same with 10 % NULLs', rows: million, columns: five.map(column.withNulls) },
  wide: {
    title: '40 columns: five times these, bool, numeric(18,2) and date',
    rows: 100_000,
    columns: [...eight, ...eight, ...eight, ...eight, ...eight],
  },
  long_text: { title: 'text of 1 KB', rows: 100_000, columns: [column.text1024] },
  numeric_18_2: { title: 'numeric(18,2)', rows: million / 4, columns: [column.numeric18] },
  decimal_38_10: { title: 'numeric(38,10)', rows: million / 4, columns: [column.decimal38] },
  uuid: { title: 'uuid', rows: million / 4, columns: [column.uuid] },
  bool: { title: 'bool', rows: million / 4, columns: [column.bool] },
  lists: { title: 'int4[] of 10,000 elements', rows: 400, columns: [column.int4List] },
  date: { title: 'date', rows: million / 4, columns: [column.date] },
} as const satisfies Readonly<Record<string, SyntheticTable>>;

export type TableName = keyof typeof tables;

/** Whether there is a table of that name. */
export function isTableName(name: string): name is TableName {
  return Object.hasOwn(tables, name);
}

/** The Arrow schema of a table. */
export function schemaOf({ columns }: SyntheticTable): Schema {
  return new Schema(columns.map(({ type, metadata }, at) => new Field(nameOf(at), type, true, new Map(metadata))));
}

/** The rows `from` to `from + count` of a table. */
export function syntheticBatch({ columns }: SyntheticTable, schema: Schema, from: number, count: number): RecordBatch {
  // Columns that come twice are made once.
  const made = new Map([...new Set(columns)].map((recipe) => [recipe, recipe.make(from, count)]));
  const children = columns.map((recipe) => made.get(recipe)).filter((data) => data !== undefined);
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: count, children }));
}

/** The same table in PostgreSQL. */
export function createTableStatement(name: string, { columns }: SyntheticTable, rows: number): string {
  const expressions = columns.map(({ sql }, at) => `${sql} AS ${nameOf(at)}`);
  return `CREATE TABLE ${name} AS SELECT ${expressions.join(', ')} FROM generate_series(0, ${rows - 1}) AS i`;
}

/** A table of five columns in DuckDB: as wide, not as equal, because only its own stream is judged there. */
export function duckdbTableStatement(rows: number): string {
  return `CREATE TABLE synthetic AS
    SELECT i::INTEGER AS a, i * 7919 * 1000003 AS b, sin(i) * 1e6 AS c, substr(md5(i::VARCHAR), 1, 16) AS d,
           make_timestamp(1577836800000000 + i * 1234567) AS e
    FROM range(${rows}) t(i)`;
}

function nameOf(column: number): string {
  return `c${column + 1}`;
}
