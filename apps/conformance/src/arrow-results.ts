import { allTypes, buildData, castOf, fieldOf, type TypeCase } from '@riffq/all-types';
import { makeData, RecordBatch, Schema, Struct } from 'apache-arrow';

/** A value of the table of all types, by the number of its row in `ArrowResult`. */
interface Value {
  readonly row: number;
  /** As PostgreSQL prints it. */
  readonly text: string;
}

/** All values of the Arrow types that are one PostgreSQL type: a column for each of them, a row for each value and one of NULLs. */
export interface ArrowResult {
  /** PostgreSQL's name of the type. */
  readonly type: string;
  readonly arrowTypes: readonly string[];
  readonly values: readonly Value[];
  /** What a PostgreSQL makes these rows of, and that of NULLs, and `batchFor` gets. */
  query(rows: readonly number[]): string;
}

interface Cell {
  readonly column: number;
  readonly value: TypeCase['values'][number];
}

class ResultOfCases implements ArrowResult {
  readonly type: string;
  readonly #cases: readonly TypeCase[];
  /** By row; the first has no value. */
  readonly #cells: readonly (Cell | null)[];
  readonly #head: string;

  constructor(type: string, cases: readonly TypeCase[]) {
    this.type = type;
    this.#cases = cases;
    this.#cells = [null, ...cases.flatMap(({ values }, column) => values.map((value) => ({ column, value })))];
    const names = cases.map((_, column) => `c${column}`);
    const rows = this.#cells.map(
      (cell, row) => `(${[row, ...cases.map((each, at) => sqlOf(each, at, cell))].join(', ')})`,
    );
    this.#head = `SELECT ${names.join(', ')} FROM (VALUES ${rows.join(', ')}) AS listed (${['n', ...names].join(', ')})`;
  }

  get arrowTypes(): readonly string[] {
    return this.#cases.map(({ type, metadata }) => metadata?.get('ARROW:extension:name') ?? String(type));
  }

  get values(): readonly Value[] {
    return this.#cells.flatMap((cell, row) => (cell === null ? [] : [{ row, text: cell.value[1] }]));
  }

  query(rows: readonly number[]): string {
    return `${this.#head} WHERE n IN (${[0, ...rows].join(', ')}) ORDER BY n`;
  }

  /** The rows that a query of this result asks for; nothing when it is not one. */
  batchFor(sql: string): RecordBatch | undefined {
    if (!sql.startsWith(this.#head)) return undefined;
    const numbers = /IN \((.*?)\)/.exec(sql.slice(this.#head.length))?.[1]?.split(', ').map(Number) ?? [];
    const cells = this.#cells.filter((_, row) => numbers.includes(row));
    const fields = this.#cases.map((each, column) => fieldOf(each, `c${column}`));
    const children = this.#cases.map(({ type }, column) =>
      buildData(
        type,
        cells.map((cell) => (cell?.column === column ? cell.value[0] : null)),
      ),
    );
    return new RecordBatch(
      new Schema(fields),
      makeData({ type: new Struct(fields), length: cells.length, nullCount: 0, children }),
    );
  }
}

const types = [...new Set(allTypes.map(({ postgres }) => postgres.name))];
const results = types.map((type) => {
  return new ResultOfCases(
    type,
    allTypes.filter(({ postgres }) => postgres.name === type),
  );
});

/** One for each PostgreSQL type that Arrow's types are. */
export const arrowResults: readonly ArrowResult[] = results;

/**
 * What a server over Arrow answers a query of an `ArrowResult` with.
 *
 * @throws Error when it is another query.
 */
export function batchFor(sql: string): RecordBatch {
  for (const result of results) {
    const batch = result.batchFor(sql);
    if (batch !== undefined) return batch;
  }
  throw new Error(`no Arrow data for: ${sql}`);
}

function sqlOf(typeCase: TypeCase, at: number, cell: Cell | null): string {
  const type = castOf(typeCase);
  if (cell?.column !== at) return `CAST(NULL AS ${type})`;
  const [, text, , sql] = cell.value;
  return `CAST(${sql === undefined ? `'${text.replaceAll("'", "''")}'` : `(${sql})`} AS ${type})`;
}
