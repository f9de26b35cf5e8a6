import { typeOid } from '@riffq/wire';
import { innerStatement, type Statement } from '../sql/statement.js';
import { takeTypeName } from '../sql/take-type-name.js';
import { type Tell, WordReader } from '../sql/word-reader.js';

/** A PREPARE (https://www.postgresql.org/docs/18/sql-prepare.html). */
export interface Preparation {
  readonly name: string;
  /** As declared; 0 for `unknown`. */
  readonly parameterTypes: readonly number[];
  /** What is behind AS, as a statement of the same text. */
  readonly inner: Statement;
}

/**
 * Parses PREPARE name (types) AS statement; undefined when it is nothing of the kind, such as PREPARE TRANSACTION.
 *
 * @throws PgError 42704 for a type that does not exist
 */
export function parsePrepare(sql: string, tell?: Tell): Preparation | undefined {
  const words = WordReader.behindKeyword(sql, tell);
  const name = words.takeShortName();
  if (name === undefined) return undefined;
  const parameterTypes: number[] = [];
  if (words.takeSymbol('(')) {
    do {
      const type = takeTypeName(words);
      if (type === undefined) return undefined;
      parameterTypes.push(type === typeOid.unknown ? 0 : type);
    } while (words.takeSymbol(','));
    if (!words.takeSymbol(')')) return undefined;
  }
  const inner = words.take('AS') ? innerStatement(sql, words.offset) : undefined;
  return inner && { name, parameterTypes, inner };
}
