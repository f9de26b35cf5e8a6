import { PgError, sqlstate } from '@riffq/wire';
import { innerStatement, type Statement } from '../sql/statement.js';
import { type Tell, WordReader } from '../sql/word-reader.js';

/** What DECLARE says of a cursor. */
export interface CursorOptions {
  /** A simple FETCH gives its rows in binary. */
  readonly binary: boolean;
  /** SCROLL was asked for: its user wants to go back. */
  readonly scroll: boolean;
  /** NO SCROLL was asked for: its user will not go back. */
  readonly noScroll: boolean;
  /** It outlives its transaction. */
  readonly hold: boolean;
}

/** A DECLARE (https://www.postgresql.org/docs/18/sql-declare.html). */
export interface CursorDeclaration {
  readonly name: string;
  readonly options: CursorOptions;
  /** The query behind FOR, as a statement of the same text. */
  readonly query: Statement;
}

/**
 * Parses DECLARE ... CURSOR FOR; undefined when it is nothing of the kind.
 *
 * @throws PgError 42P11 for options that contradict each other
 */
export function parseDeclare({ sql }: Statement, tell?: Tell): CursorDeclaration | undefined {
  const words = WordReader.behindKeyword(sql, tell);
  const name = words.takeShortName();
  if (name === undefined) return undefined;
  const given = { binary: false, scroll: false, noScroll: false, asensitive: false, insensitive: false };
  while (!words.take('CURSOR')) {
    if (words.take('NO', 'SCROLL')) given.noScroll = true;
    else if (words.take('SCROLL')) given.scroll = true;
    else if (words.take('BINARY')) given.binary = true;
    else if (words.take('INSENSITIVE')) given.insensitive = true;
    else if (words.take('ASENSITIVE')) given.asensitive = true;
    else return undefined;
  }
  const hold = words.take('WITH', 'HOLD');
  if (!hold) words.take('WITHOUT', 'HOLD');
  const query = words.take('FOR') ? innerStatement(sql, words.offset) : undefined;
  if (query === undefined) return undefined;
  if (given.scroll && given.noScroll) throw contradiction('SCROLL', 'NO SCROLL');
  if (given.asensitive && given.insensitive) throw contradiction('ASENSITIVE', 'INSENSITIVE');
  const options = { binary: given.binary, scroll: given.scroll, noScroll: given.noScroll, hold };
  return { name, options, query };
}

function contradiction(one: string, other: string): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_cursor_definition,
    message: `cannot specify both ${one} and ${other}`,
  });
}
