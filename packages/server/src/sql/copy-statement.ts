import type { CopyColumns, RawCopyOption } from '@riffq/arrow-helpers';
import { identifier, quoteIdentifier } from './identifier.js';
import type { Statement } from './statement.js';
import { stringValue, type Word, wordsOf } from './words.js';

/** COPY ... FROM STDIN or TO STDOUT; a COPY of files or programs is none. */
export interface CopyStatement {
  readonly sql: string;
  readonly options: readonly RawCopyOption[];
  /** A table's name with its schema and database as far as given; null for COPY (query). */
  readonly table: readonly string[] | null;
  readonly columns: readonly string[] | null;
  /** The query in parentheses, or one that reads the table's columns. */
  readonly query: string;
  /** COPY ... FROM STDIN ... WHERE. */
  readonly hasCondition: boolean;
  readonly direction: 'in' | 'out';
}

/**
 * Parses a COPY over the connection, in today's syntax and those of PostgreSQL 9.0 and 7.3
 * (https://www.postgresql.org/docs/18/sql-copy.html); null when it is no such COPY, or one that only an engine understands.
 */
export function parseCopyStatement({ keyword, sql }: Statement): CopyStatement | null {
  if (keyword !== 'COPY') return null;
  const reader = new CopyReader(sql);
  const oldBinary = reader.takeKeyword('BINARY');
  const source = reader.code === '(' ? reader.takeQuery() : reader.takeTable();
  if (source === null) return null;
  const from = reader.takeKeyword('FROM');
  if (!from && !reader.takeKeyword('TO')) return null;
  if (!reader.takeKeyword('STDIN') && !reader.takeKeyword('STDOUT')) return null;
  if (from && source.table === null) return null;
  const options = [...(oldBinary ? [{ name: 'format', value: 'binary' }] : []), ...reader.takeOptions()];
  const hasCondition = from && reader.takeKeyword('WHERE');
  if (!hasCondition && !reader.done) return null;
  return { ...source, sql, options, hasCondition, direction: from ? 'in' : 'out' };
}

interface CopySource {
  readonly table: readonly string[] | null;
  readonly columns: readonly string[] | null;
  readonly query: string;
}

/** Reads the words of one COPY statement. */
class CopyReader {
  readonly #sql: string;
  readonly #words: readonly Word[];
  #at = 1;

  constructor(sql: string) {
    this.#sql = sql;
    this.#words = wordsOf(sql);
  }

  get done(): boolean {
    return this.#at >= this.#words.length;
  }

  get code(): string {
    return this.#word?.text ?? '';
  }

  get #word(): Word | undefined {
    return this.#words[this.#at];
  }

  takeKeyword(keyword: string): boolean {
    if (this.#word?.keyword !== keyword) return false;
    this.#at += 1;
    return true;
  }

  #takeText(text: string): boolean {
    if (this.#word?.text !== text) return false;
    this.#at += 1;
    return true;
  }

  /** `(query)`, whatever is in the parentheses. */
  takeQuery(): CopySource | null {
    const from = this.#word?.end ?? 0;
    let depth = 0;
    for (; !this.done; this.#at += 1) {
      const text = this.code;
      if (text === '(') depth += 1;
      if (text !== ')') continue;
      depth -= 1;
      if (depth > 0) continue;
      const query = this.#sql.slice(from, this.#word?.start).trim();
      this.#at += 1;
      return { table: null, columns: null, query };
    }
    return null;
  }

  /** `schema.table (a, b)`, and the query that reads the same. */
  takeTable(): CopySource | null {
    const table: string[] = [];
    do {
      const name = this.#takeName();
      if (name === null) return null;
      table.push(name);
    } while (this.#takeText('.'));
    const columns = this.code === '(' ? this.#takeColumns() : null;
    if (columns === '*') return null;
    const selected = columns === null ? '*' : columns.map(quoteIdentifier).join(', ');
    return { table, columns, query: `SELECT ${selected} FROM ${table.map(quoteIdentifier).join('.')}` };
  }

  takeOptions(): readonly RawCopyOption[] {
    this.takeKeyword('WITH');
    return this.#takeText('(') ? this.#takeListedOptions() : this.#takeOldOptions();
  }

  /** `(FORMAT csv, HEADER, FORCE_QUOTE (a, b))` */
  #takeListedOptions(): readonly RawCopyOption[] {
    const options: RawCopyOption[] = [];
    do {
      const position = this.#position();
      const name = this.#takeName();
      if (name === null) return options;
      const value = this.code === ',' || this.code === ')' ? undefined : this.#takeValue();
      options.push({ name, position, ...(value === undefined ? {} : { value }) });
    } while (this.#takeText(','));
    this.#takeText(')');
    return options;
  }

  /** `CSV HEADER DELIMITER AS ';' FORCE QUOTE a, b`, in any order, as before PostgreSQL 9.0. */
  #takeOldOptions(): readonly RawCopyOption[] {
    const options: RawCopyOption[] = [];
    for (;;) {
      const position = this.#position();
      const add = (name: string, value: NonNullable<RawCopyOption['value']>): void => {
        options.push({ name, value, position });
      };
      if (this.takeKeyword('BINARY')) add('format', 'binary');
      else if (this.takeKeyword('CSV')) add('format', 'csv');
      else if (this.takeKeyword('HEADER')) add('header', true);
      else if (this.takeKeyword('FREEZE')) add('freeze', true);
      else if (this.takeKeyword('FORCE')) add(this.#takeForceName(), { columns: this.#takeColumnList() });
      else {
        const name = ['DELIMITER', 'NULL', 'QUOTE', 'ESCAPE', 'ENCODING'].find((keyword) => this.takeKeyword(keyword));
        if (name === undefined) return options;
        this.takeKeyword('AS');
        add(name.toLowerCase(), this.#takeValue() ?? '');
      }
    }
  }

  #takeForceName(): string {
    if (this.takeKeyword('QUOTE')) return 'force_quote';
    const not = this.takeKeyword('NOT');
    this.takeKeyword('NULL');
    return not ? 'force_not_null' : 'force_null';
  }

  #takeValue(): RawCopyOption['value'] {
    if (this.code === '(') return { columns: this.#takeColumns() };
    if (this.#takeText('*')) return { columns: '*' };
    const word = this.#word;
    if (word === undefined) return undefined;
    this.#at += 1;
    if (word.kind === 'string') return stringValue(word.text);
    if (word.kind === 'number') return Number(word.text);
    if (word.text === '-' || word.text === '+') return Number(`${word.text}${this.#takeValue()}`);
    if (word.keyword === 'TRUE') return true;
    if (word.keyword === 'FALSE') return false;
    return identifier(word.text);
  }

  /** `(a, b)` */
  #takeColumns(): CopyColumns {
    this.#takeText('(');
    const columns = this.#takeColumnList();
    this.#takeText(')');
    return columns;
  }

  #takeColumnList(): CopyColumns {
    if (this.#takeText('*')) return '*';
    const columns: string[] = [];
    do {
      const name = this.#takeName();
      if (name !== null) columns.push(name);
    } while (this.#takeText(','));
    return columns;
  }

  #takeName(): string | null {
    const word = this.#word;
    if (word === undefined || (word.kind !== 'word' && word.kind !== 'quotedIdentifier')) return null;
    this.#at += 1;
    return identifier(word.text);
  }

  /** Where the next word stands, in characters from 1. */
  #position(): number {
    return [...this.#sql.slice(0, this.#word?.start ?? this.#sql.length)].length + 1;
  }
}
