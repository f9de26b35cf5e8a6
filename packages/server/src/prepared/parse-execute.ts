import { PgError, sqlstate } from '@riffq/wire';
import { WordReader } from '../sql/word-reader.js';
import { type Constant, takeConstant } from './constant.js';

/** An EXECUTE (https://www.postgresql.org/docs/18/sql-execute.html). */
export interface Execution {
  readonly name: string;
  readonly args: readonly Constant[];
}

/** The statement that EXECUTE names; undefined when it names none. */
export function executedName(sql: string): string | undefined {
  return WordReader.behindKeyword(sql).takeName();
}

/**
 * Parses EXECUTE name (constants); undefined when it is nothing of the kind.
 *
 * @throws PgError 0A000 for an argument that is no constant: there is nothing here that computes
 */
export function parseExecute(sql: string): Execution | undefined {
  const words = WordReader.behindKeyword(sql);
  const name = words.takeName();
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
