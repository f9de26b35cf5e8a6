import { ParserThread, type ReadingFor } from './parser-thread.js';
import { PostgresParser } from './postgres-parser.js';
import { type Reading, readingOf } from './reading.js';

/** Up to so many UTF-16 units a text is parsed at once: the parser blocks its thread, for 10 ms and more with that. */
const longestHere = 32_768;
/** What tools ask of a catalog grows with its tables; this is enough for 100,000. */
const longestRead = 2 * 1024 * 1024;

/** One for the process: compiling it takes longer than all it will do for most sessions. */
const parser = new PostgresParser();
const thread = new ParserThread();

/** Loads the parser before a statement needs it. The first that it reads is what V8 compiles most of it for. */
export function prepareParser(): void {
  void parser.parse('SELECT FROM pg_class');
}

/** Whether a text is one that is parsed at all. */
export function isReadable(sql: string): boolean {
  return sql.length <= longestRead && isText(sql);
}

/** Finds out what a text does, if it is one statement that PostgreSQL's parser understands; who asks makes a difference for long ones. */
export async function readStatement(sql: string, session: ReadingFor = { user: '' }): Promise<Reading> {
  if (sql.length > longestRead) return { kind: 'tooComplex' };
  if (!isText(sql)) return { kind: 'other' };
  if (sql.length <= longestHere) return readingOf(parser, sql);
  return thread.read(sql, session);
}

/** The parser takes a C string in UTF-8: what has no such form would reach it cut or changed. */
function isText(sql: string): boolean {
  return !sql.includes('\0') && !/\p{Surrogate}/u.test(sql);
}
