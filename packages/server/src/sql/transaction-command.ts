import type { TransactionCommand } from '../query-context.js';
import type { Statement } from './statement.js';
import { WordReader } from './word-reader.js';
import type { Word } from './words.js';

const openers = new Set(['BEGIN', 'START', 'COMMIT', 'END', 'ROLLBACK', 'ABORT', 'SAVEPOINT', 'RELEASE']);
const isolationLevels = ['SERIALIZABLE', 'REPEATABLE READ', 'READ COMMITTED', 'READ UNCOMMITTED'];

type Base = Pick<TransactionCommand, 'implicit' | 'sql'>;

/** Whether a statement may be one that {@link parseTransactionCommand} knows. */
export function mayBeTransactionCommand({ keyword }: Statement): boolean {
  return openers.has(keyword);
}

/**
 * Parses BEGIN, COMMIT, ROLLBACK, SAVEPOINT and their kin; null for any other statement, two-phase commit included, and for
 * an end or a savepoint with words that PostgreSQL does not know there: that is for the handler to refuse.
 */
export function parseTransactionCommand(statement: Statement): TransactionCommand | null {
  if (!mayBeTransactionCommand(statement)) return null;
  const words = WordReader.behindKeyword(statement.sql);
  const base = { implicit: false, sql: statement.sql };
  switch (statement.keyword) {
    case 'BEGIN':
      takeNoise(words);
      return { kind: 'begin', ...transactionModes(words), ...base };
    case 'START':
      return words.take('TRANSACTION') ? { kind: 'begin', ...transactionModes(words), ...base } : null;
    case 'COMMIT':
    case 'END':
      takeNoise(words);
      return ending('commit', words, base);
    case 'ABORT':
    case 'ROLLBACK':
      takeNoise(words);
      return words.take('TO') ? named('rollbackTo', words, base) : ending('rollback', words, base);
    case 'SAVEPOINT':
      return named('savepoint', words, base);
    default:
      return named('release', words, base);
  }
}

/** What is let through in a failed block: COMMIT, END, ROLLBACK, ABORT, ROLLBACK TO and PREPARE TRANSACTION. */
export function endsTransaction(statement: Statement): boolean {
  if (preparesTransaction(statement)) return true;
  const kind = parseTransactionCommand(statement)?.kind;
  return kind === 'commit' || kind === 'rollback' || kind === 'rollbackTo';
}

/** BEGIN or START TRANSACTION. */
export function beginsTransaction(statement: Statement): boolean {
  return parseTransactionCommand(statement)?.kind === 'begin';
}

/** PREPARE TRANSACTION, the first half of a two-phase commit: it ends the block. */
export function preparesTransaction(statement: Statement): boolean {
  return statement.keyword === 'PREPARE' && WordReader.behindKeyword(statement.sql).take('TRANSACTION');
}

/** The modes of BEGIN, SET TRANSACTION and SET SESSION CHARACTERISTICS; undefined if something else is among them. */
export function parseTransactionModes(words: WordReader): ReturnType<typeof transactionModes> | undefined {
  let understood = !words.done;
  const modes = transactionModes(words, () => {
    understood = false;
  });
  return understood ? modes : undefined;
}

function takeNoise(words: WordReader): void {
  if (!words.take('WORK')) words.take('TRANSACTION');
}

function ending(kind: 'commit' | 'rollback', words: WordReader, base: Base): TransactionCommand | null {
  const chain = words.take('AND', 'CHAIN');
  if (!chain) words.take('AND', 'NO', 'CHAIN');
  return words.done ? { kind, chain, ...base } : null;
}

function named(kind: 'savepoint' | 'release' | 'rollbackTo', words: WordReader, base: Base): TransactionCommand | null {
  if (kind !== 'savepoint') words.take('SAVEPOINT');
  const name = words.takeName();
  return name !== undefined && words.done ? { kind, name, ...base } : null;
}

/** BEGIN takes other dialects' modes, too: what is none of PostgreSQL's is passed over. */
function transactionModes(
  words: WordReader,
  onUnknown: (word: Word) => void = () => {},
): { isolationLevel?: string; readOnly?: boolean; deferrable?: boolean } {
  const modes: { isolationLevel?: string; readOnly?: boolean; deferrable?: boolean } = {};
  while (!words.done) {
    const level = words.take('ISOLATION', 'LEVEL')
      ? isolationLevels.find((candidate) => words.take(...candidate.split(' ')))
      : undefined;
    if (level !== undefined) modes.isolationLevel = level.toLowerCase();
    else if (words.take('READ', 'ONLY')) modes.readOnly = true;
    else if (words.take('READ', 'WRITE')) modes.readOnly = false;
    else if (words.take('NOT', 'DEFERRABLE')) modes.deferrable = false;
    else if (words.take('DEFERRABLE')) modes.deferrable = true;
    else {
      const word = words.skip();
      if (word !== undefined && word.text !== ',') onUnknown(word);
    }
  }
  return modes;
}
