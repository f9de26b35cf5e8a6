import { type Tell, WordReader } from '../sql/word-reader.js';
import { wordsOf } from '../sql/words.js';

/** Where FETCH or MOVE wants to go; `Infinity` rows are ALL, negative ones the other way. */
export interface Movement {
  readonly kind: 'forward' | 'backward' | 'absolute' | 'relative';
  readonly count: number;
}

/** What FETCH and MOVE say (https://www.postgresql.org/docs/18/sql-fetch.html). */
export interface CursorMovement {
  readonly cursor: string;
  readonly movement: Movement;
}

/** Parses FETCH and MOVE; undefined when it is neither, as PostgreSQL knows them. */
export function parseCursorMovement(sql: string, tell?: Tell): CursorMovement | undefined {
  const words = wordsOf(sql);
  const cursor = new WordReader(words.slice(-1), 0, '', tell).takeShortName();
  if (words.length < 2 || cursor === undefined) return undefined;
  const last = words.at(-2)?.keyword;
  const between = words.slice(1, last === 'FROM' || last === 'IN' ? -2 : -1);
  const reader = new WordReader(between);
  const movement = parseMovement(reader);
  return movement === undefined || !reader.done ? undefined : { cursor, movement };
}

function parseMovement(words: WordReader): Movement | undefined {
  if (words.take('NEXT')) return { kind: 'forward', count: 1 };
  if (words.take('PRIOR')) return { kind: 'backward', count: 1 };
  if (words.take('FIRST')) return { kind: 'absolute', count: 1 };
  if (words.take('LAST')) return { kind: 'absolute', count: -1 };
  if (words.take('ABSOLUTE')) return counted('absolute', words.takeInteger());
  if (words.take('RELATIVE')) return counted('relative', words.takeInteger());
  const backward = words.take('BACKWARD');
  if (!backward) words.take('FORWARD');
  const count = words.take('ALL') ? Number.POSITIVE_INFINITY : (words.takeInteger() ?? 1);
  return { kind: backward ? 'backward' : 'forward', count };
}

function counted(kind: Movement['kind'], count: number | undefined): Movement | undefined {
  return count === undefined ? undefined : { kind, count };
}
