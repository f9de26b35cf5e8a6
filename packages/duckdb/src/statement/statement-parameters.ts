import { writtenType } from '../parameters/written-type.js';
import { findPlaceholders, type Placeholder, replacePlaceholders } from './placeholder.js';
import { StatementText } from './statement-text.js';

/** The `$n` of a statement. DuckDB wants their numbers without gaps: `$3` alone is its first parameter. */
export class StatementParameters {
  /** The numbers that occur, ascending; the first is DuckDB's parameter 1, and so on. */
  readonly numbers: readonly number[];
  readonly #sql: string;
  readonly #placeholders: readonly Placeholder[];

  constructor(sql: string) {
    this.#sql = sql;
    this.#placeholders = findPlaceholders(sql);
    this.numbers = [...new Set(this.#placeholders.map(({ number }) => number))].sort((one, other) => one - other);
  }

  /** The one that comes first in the text. */
  get first(): Placeholder | undefined {
    return this.#placeholders[0];
  }

  /** DuckDB's index of the parameter, from 1. */
  index(number: number): number {
    return this.numbers.indexOf(number) + 1;
  }

  /** The type that the statement itself casts the parameter to, as it stands there. */
  writtenType(number: number): string | undefined {
    return writtenType(this.#sql, this.#placeholders, number);
  }

  /** The statement for DuckDB, with casts around the parameters whose type DuckDB cannot see. */
  text(types: ReadonlyMap<number, string> = new Map()): StatementText {
    return this.#replace((number) => {
      const type = types.get(number);
      const index = this.index(number);
      if (type !== undefined) return `CAST($${index} AS ${type})`;
      return index === number ? undefined : `$${index}`;
    });
  }

  /** The statement with parameters of these types, and a NULL for every other one. */
  withTypes(types: ReadonlyMap<number, string>): StatementText {
    const numbers = this.numbers.filter((number) => types.has(number));
    return this.#replace((number) => {
      const type = types.get(number);
      return type === undefined ? 'NULL' : `CAST($${numbers.indexOf(number) + 1} AS ${type})`;
    });
  }

  /** The statement without parameters: these expressions, or NULL, in their places. */
  withExpressions(expressions: ReadonlyMap<number, string>): StatementText {
    return this.#replace((number) => expressions.get(number) ?? 'NULL');
  }

  /** A column's name without the casts that `text` put in, which DuckDB names a column after. */
  columnName(name: string, types: ReadonlyMap<number, string>): string {
    let plain = name;
    for (const number of types.keys()) {
      const index = this.index(number);
      const cast = new RegExp(`CAST\\(\\$${index} AS [^()]*(?:\\(\\d+, ?\\d+\\))?(?:\\[\\])*\\)`, 'g');
      plain = plain.replace(cast, () => `$${number}`);
    }
    return plain;
  }

  #replace(replacement: (number: number) => string | undefined): StatementText {
    return new StatementText(this.#sql, replacePlaceholders(this.#placeholders, replacement));
  }
}
