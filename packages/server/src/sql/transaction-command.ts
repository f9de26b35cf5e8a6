import type { TransactionCommand, TransactionModes } from '../query-context.js';
import type { Statement } from './statement.js';
import { type Tell, WordReader } from './word-reader.js';

const openers = new Set(['BEGIN', 'START', 'COMMIT', 'END', 'ROLLBACK', 'ABORT', 'SAVEPOINT', 'RELEASE']);
const isolationLevels = ['SERIALIZABLE', 'REPEATABLE READ', 'READ COMMITTED', 'READ UNCOMMITTED'];

/** What a client types: SET TRANSACTION is parsed among the settings. */
export type ParsedTransactionCommand = Exclude<TransactionCommand, { readonly kind: 'setTransaction' }>;

type Base = Pick<TransactionCommand, 'implicit' | 'sql'>;

/** Whether a statement may be one that {@link parseTransactionCommand} knows. */
export function mayBeTransactionCommand({ keyword }: Statement): boolean {
  return openers.has(keyword);
}

/**
 * Parses BEGIN, COMMIT, ROLLBACK, SAVEPOINT and their kin; null for any other statement, two-phase commit included, and for
 * one with words that PostgreSQL does not know there: that is for the handler to refuse.
 */
export function parseTransactionCommand(statement: Statement, tell?: Tell): ParsedTransactionCommand | null {
  if (!mayBeTransactionCommand(statement)) return null;
  const words = WordReader.behindKeyword(statement.sql, tell);
  const base = { implicit: false, sql: statement.sql };
  switch (statement.keyword) {
    case 'BEGIN':
      takeNoise(words);
      return beginning(words, base);
    case 'START':
      return words.take('TRANSACTION') ? beginning(words, base) : null;
    case 'COMMIT':
    case 'END':
      takeNoise(words);
      return ending('commit', words, base);
    case 'ABORT':
      takeNoise(words);
      return ending('rollback', words, base);
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

/** The modes behind BEGIN or START TRANSACTION as they are written. */
export function modesBehindBegin({ sql, keyword }: Statement): string {
  const words = WordReader.behindKeyword(sql);
  if (keyword === 'START') words.take('TRANSACTION');
  else takeNoise(words);
  return sql.slice(words.offset);
}

/** BEGIN or START TRANSACTION. */
export function beginsTransaction(statement: Statement): boolean {
  return parseTransactionCommand(statement)?.kind === 'begin';
}

/** PREPARE TRANSACTION, the first half of a two-phase commit: it ends the block. */
export function preparesTransaction(statement: Statement): boolean {
  if (statement.keyword !== 'PREPARE') return false;
  const words = WordReader.behindKeyword(statement.sql);
  return words.take('TRANSACTION') && words.skip()?.kind === 'string' && words.done;
}

/** The modes of BEGIN, SET TRANSACTION and SET SESSION CHARACTERISTICS; undefined if something else is among them. */
export function parseTransactionModes(words: WordReader): TransactionModes | undefined {
  let modes: TransactionModes = {};
  do {
    const mode = takeMode(words);
    if (mode === undefined) return undefined;
    modes = { ...modes, ...mode };
    // A comma may stand between two of them.
  } while (words.takeSymbol(',') || !words.done);
  return modes;
}

function beginning(words: WordReader, base: Base): ParsedTransactionCommand | null {
  const modes = words.done ? {} : parseTransactionModes(words);
  return modes === undefined ? null : { kind: 'begin', ...modes, ...base };
}

function takeNoise(words: WordReader): void {
  if (!words.take('WORK')) words.take('TRANSACTION');
}

function ending(kind: 'commit' | 'rollback', words: WordReader, base: Base): ParsedTransactionCommand | null {
  const chain = words.take('AND', 'CHAIN');
  if (!chain) words.take('AND', 'NO', 'CHAIN');
  return words.done ? { kind, chain, ...base } : null;
}

function named(
  kind: 'savepoint' | 'release' | 'rollbackTo',
  words: WordReader,
  base: Base,
): ParsedTransactionCommand | null {
  if (kind !== 'savepoint') words.take('SAVEPOINT');
  const name = words.takeShortName();
  return name !== undefined && words.done ? { kind, name, ...base } : null;
}

function takeMode(words: WordReader): TransactionModes | undefined {
  if (words.take('READ', 'ONLY')) return { readOnly: true };
  if (words.take('READ', 'WRITE')) return { readOnly: false };
  if (words.take('NOT', 'DEFERRABLE')) return { deferrable: false };
  if (words.take('DEFERRABLE')) return { deferrable: true };
  const level = isolationLevels.find((candidate) => words.take('ISOLATION', 'LEVEL', ...candidate.split(' ')));
  return level === undefined ? undefined : { isolationLevel: level.toLowerCase() };
}
