import type { RawCopyOption } from '@riffq/arrow-helpers';
import { PgError, sqlstate } from '@riffq/wire';
import { quoteIdentifier } from './identifier.js';
import { Lexer } from './lexer.js';
import type { Statement } from './statement.js';
import { takeColumns, takeCopyOptions, takeOldDelimiter } from './take-copy-options.js';
import { WordReader } from './word-reader.js';

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
 * (https://www.postgresql.org/docs/18/sql-copy.html); null when it is no such COPY, or one that nobody can read.
 */
export function parseCopyStatement(statement: Statement): CopyStatement | null {
  const read = readCopy(statement);
  return read instanceof PgError ? null : read;
}

/**
 * A COPY of files is for an engine to understand, whatever its dialect; one over the connection is the server's.
 *
 * @throws PgError 42601 for a COPY from STDIN or to STDOUT that is none of PostgreSQL's
 */
export function requireCopySyntax(statement: Statement): void {
  const read = readCopy(statement);
  if (read instanceof PgError) throw read;
}

/** @throws PgError 42701 for a column that is named twice */
export function requireDistinctColumns(columns: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of columns) {
    if (seen.has(name)) {
      throw new PgError({ sqlstate: sqlstate.duplicate_column, message: `column "${name}" specified more than once` });
    }
    seen.add(name);
  }
}

function readCopy(statement: Statement): CopyStatement | PgError | null {
  const { keyword, sql } = statement;
  if (keyword !== 'COPY') return null;
  const words = WordReader.behindKeyword(sql);
  const oldBinary = words.take('BINARY');
  const source = words.word?.text === '(' && !oldBinary ? takeQuery(words, sql) : takeTable(words);
  if (source === null) return namesConnection(words) ? syntaxError(statement, words) : null;
  const direction = words.take('TO') ? 'out' : source.table !== null && words.take('FROM') ? 'in' : null;
  if (direction === null) return namesConnection(words) ? syntaxError(statement, words) : null;
  if (!words.take('STDIN') && !words.take('STDOUT')) return null;
  const oldDelimiter = source.table === null ? [] : takeOldDelimiter(words);
  const others = oldDelimiter && takeCopyOptions(words);
  if (others === null) return syntaxError(statement, words);
  const options = [...(oldBinary ? [{ name: 'format', value: 'binary' }] : []), ...(oldDelimiter ?? []), ...others];
  const hasCondition = direction === 'in' && words.take('WHERE');
  if (!hasCondition && !words.done) return syntaxError(statement, words);
  return { ...source, sql, options, hasCondition, direction };
}

/** Whether STDIN or STDOUT follows. */
function namesConnection(words: WordReader): boolean {
  return words.rest.some(
    ({ keyword }, at, rest) =>
      (keyword === 'FROM' || keyword === 'TO') && /^STD(IN|OUT)$/.test(rest[at + 1]?.keyword ?? ''),
  );
}

/** What PostgreSQL says of the next word. */
function syntaxError({ text, offset, sql }: Statement, { word }: WordReader): PgError {
  // Behind the statement there is its semicolon, or nothing.
  const next = new Lexer(text);
  next.end = offset + (word?.start ?? sql.length);
  const place = next.next() ? `or near "${next.text}"` : 'end of input';
  const position = [...text.slice(offset, next.start)].length + 1;
  return new PgError({ sqlstate: sqlstate.syntax_error, message: `syntax error at ${place}`, position });
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
  const isPart = words.word?.text === '(';
  const columns = isPart ? takeColumns(words) : null;
  if (isPart && columns === null) return null;
  const selected = columns === null ? '*' : columns.map(quoteIdentifier).join(', ');
  return { table, columns, query: `SELECT ${selected} FROM ${table.map(quoteIdentifier).join('.')}` };
}
