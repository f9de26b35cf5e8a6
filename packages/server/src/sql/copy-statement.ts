import type { CopyColumns, RawCopyOption } from '@riffq/arrow-helpers';
import { identifier, quoteIdentifier } from './identifier.js';
import type { Statement } from './statement.js';
import { WordReader } from './word-reader.js';
import { stringValue } from './words.js';

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
  const words = WordReader.behindKeyword(sql);
  const oldBinary = words.take('BINARY');
  const source = words.word?.text === '(' ? takeQuery(words, sql) : takeTable(words);
  if (source === null) return null;
  const from = words.take('FROM');
  if (!from && !words.take('TO')) return null;
  if (!words.take('STDIN') && !words.take('STDOUT')) return null;
  if (from && source.table === null) return null;
  const oldDelimiter = takeOldDelimiter(words);
  const others = takeOptions(words);
  if (others === null) return null;
  const options = [...(oldBinary ? [{ name: 'format', value: 'binary' }] : []), ...oldDelimiter, ...others];
  const hasCondition = from && words.take('WHERE');
  if (!hasCondition && !words.done) return null;
  return { ...source, sql, options, hasCondition, direction: from ? 'in' : 'out' };
}

type CopySource = Pick<CopyStatement, 'table' | 'columns' | 'query'>;

/** `(query)`, whatever is in the parentheses. */
function takeQuery(words: WordReader, sql: string): CopySource | null {
  const from = words.word?.end;
  let depth = 0;
  for (let word = words.skip(); word !== undefined; word = words.skip()) {
    if (word.text === '(') depth += 1;
    if (word.text !== ')') continue;
    depth -= 1;
    if (depth === 0) return { table: null, columns: null, query: sql.slice(from, word.start).trim() };
  }
  return null;
}

/** `schema.table (a, b)`, and the query that reads the same. */
function takeTable(words: WordReader): CopySource | null {
  const table = words.takeQualifiedName();
  if (table === undefined) return null;
  const columns = words.word?.text === '(' ? takeColumns(words) : null;
  if (columns === '*') return null;
  const selected = columns === null ? '*' : columns.map(quoteIdentifier).join(', ');
  return { table, columns, query: `SELECT ${selected} FROM ${table.map(quoteIdentifier).join('.')}` };
}

/** `USING DELIMITERS ','`, as before PostgreSQL 7.3. */
function takeOldDelimiter(words: WordReader): readonly RawCopyOption[] {
  const { position } = words;
  if (!words.take('USING', 'DELIMITERS') && !words.take('DELIMITERS')) return [];
  return [{ name: 'delimiter', value: takeValue(words) ?? '', position }];
}

/** Null if the parenthesis is not closed. */
function takeOptions(words: WordReader): readonly RawCopyOption[] | null {
  words.take('WITH');
  return words.takeSymbol('(') ? takeListedOptions(words) : takeOldOptions(words);
}

/** `(FORMAT csv, HEADER, FORCE_QUOTE (a, b))` */
function takeListedOptions(words: WordReader): readonly RawCopyOption[] | null {
  const options: RawCopyOption[] = [];
  do {
    const { position } = words;
    const name = words.takeName();
    if (name === undefined) return options;
    const next = words.word?.text;
    const value = next === ',' || next === ')' ? undefined : takeValue(words);
    options.push({ name, position, ...(value === undefined ? {} : { value }) });
  } while (words.takeSymbol(','));
  return words.takeSymbol(')') ? options : null;
}

/** `CSV HEADER DELIMITER AS ';' FORCE QUOTE a, b`, in any order, as before PostgreSQL 9.0. */
function takeOldOptions(words: WordReader): readonly RawCopyOption[] {
  const options: RawCopyOption[] = [];
  for (;;) {
    const { position } = words;
    const add = (name: string, value: NonNullable<RawCopyOption['value']>): void => {
      options.push({ name, value, position });
    };
    if (words.take('BINARY')) add('format', 'binary');
    else if (words.take('CSV')) add('format', 'csv');
    else if (words.take('HEADER')) add('header', true);
    else if (words.take('FREEZE')) add('freeze', true);
    else if (words.take('FORCE')) add(takeForceName(words), { columns: takeColumnList(words) });
    else {
      const name = ['DELIMITER', 'NULL', 'QUOTE', 'ESCAPE', 'ENCODING'].find((keyword) => words.take(keyword));
      if (name === undefined) return options;
      words.take('AS');
      add(name.toLowerCase(), takeValue(words) ?? '');
    }
  }
}

function takeForceName(words: WordReader): string {
  if (words.take('QUOTE')) return 'force_quote';
  const not = words.take('NOT');
  words.take('NULL');
  return not ? 'force_not_null' : 'force_null';
}

function takeValue(words: WordReader): RawCopyOption['value'] {
  if (words.word?.text === '(') return { columns: takeColumns(words) };
  if (words.takeSymbol('*')) return { columns: '*' };
  const word = words.skip();
  if (word === undefined) return undefined;
  if (word.kind === 'string') return stringValue(word.text);
  if (word.kind === 'number') return Number(word.text);
  if (word.text === '-' || word.text === '+') return Number(`${word.text}${takeValue(words)}`);
  if (word.keyword === 'TRUE') return true;
  if (word.keyword === 'FALSE') return false;
  return identifier(word.text);
}

/** `(a, b)` */
function takeColumns(words: WordReader): CopyColumns {
  words.takeSymbol('(');
  const columns = takeColumnList(words);
  words.takeSymbol(')');
  return columns;
}

function takeColumnList(words: WordReader): CopyColumns {
  if (words.takeSymbol('*')) return '*';
  const columns: string[] = [];
  do {
    const name = words.takeName();
    if (name !== undefined) columns.push(name);
  } while (words.takeSymbol(','));
  return columns;
}
