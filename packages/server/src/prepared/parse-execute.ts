import { PgError, sqlstate } from '@riffq/wire';
import type { Statement } from '../sql/statement.js';
import { type Tell, WordReader } from '../sql/word-reader.js';
import { type Constant, takeConstant } from './constant.js';

/** An EXECUTE (https://www.postgresql.org/docs/18/sql-execute.html). */
export interface Execution {
  readonly name: string;
  readonly args: readonly Constant[];
}

/** Where an EXECUTE is in its statement, which may explain it. */
export interface ExecuteClause {
  /** The words behind EXECUTE. */
  readonly words: WordReader;
  /** What stands before EXECUTE in an EXPLAIN. */
  readonly explain: string | undefined;
}

/** The EXECUTE that a statement is, or explains; undefined when it does neither. */
export function findExecute(
  { keyword, sql }: Pick<Statement, 'keyword' | 'sql'>,
  tell?: Tell,
): ExecuteClause | undefined {
  const words = WordReader.behindKeyword(sql, tell);
  if (keyword === 'EXECUTE') return { words, explain: undefined };
  if (keyword !== 'EXPLAIN') return undefined;
  if (!skipParenthesis(words)) {
    if (!words.take('ANALYZE')) words.take('ANALYSE');
    words.take('VERBOSE');
  }
  const explain = sql.slice(0, words.offset);
  return words.take('EXECUTE') ? { words, explain } : undefined;
}

/** False when there is none. */
function skipParenthesis(words: WordReader): boolean {
  if (!words.takeSymbol('(')) return false;
  for (let depth = 1; depth > 0 && !words.done; ) {
    const { text } = words.skip() ?? {};
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
  }
  return true;
}

/**
 * Parses name (constants); undefined when it is nothing of the kind.
 *
 * @throws PgError 0A000 for an argument that is no constant: there is nothing here that computes
 */
export function parseExecute(words: WordReader): Execution | undefined {
  const name = words.takeShortName();
  if (name === undefined) return undefined;
  const args: Constant[] = [];
  if (words.takeSymbol('(')) {
    do {
      const constant = takeConstant(words);
      const next = words.word?.text;
      if (constant === undefined || (next !== ',' && next !== ')')) throw notConstant();
      args.push(constant);
    } while (words.takeSymbol(','));
    words.takeSymbol(')');
  }
  return words.done ? { name, args } : undefined;
}

function notConstant(): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: 'EXECUTE takes constants only',
    hint: "Give values such as 1, 'text', NULL or '1'::int, or use parameters of the extended protocol.",
  });
}
