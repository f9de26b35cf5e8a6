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
 * an end or a savepoint with words that PostgreSQL does not know there: that is for the handler to refuse.
 */
export function parseTransactionCommand(statement: Statement, tell?: Tell): ParsedTransactionCommand | null {
  if (!mayBeTransactionCommand(statement)) return null;
  const words = WordReader.behindKeyword(statement.sql, tell);
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

/** What stands behind BEGIN or START TRANSACTION, and whether those are PostgreSQL's modes, as it takes them. */
export function modesBehindBegin({ sql, keyword }: Statement): { readonly text: string; readonly understood: boolean } {
  const words = WordReader.behindKeyword(sql);
  if (keyword === 'START') words.take('TRANSACTION');
  else takeNoise(words);
  return { text: sql.slice(words.offset), understood: parseTransactionModes(words) !== undefined };
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
export function parseTransactionModes(words: WordReader): TransactionModes | undefined {
  let understood = !words.done;
  const modes = transactionModes(words, () => {
    understood = false;
  });
  return understood ? modes : undefined;
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

/** BEGIN takes other dialects' modes, too: what is none of PostgreSQL's is passed over. */
function transactionModes(words: WordReader, onUnknown: () => void = () => {}): TransactionModes {
  let modes: TransactionModes = {};
  // A comma may stand between two of them.
  let before: 'nothing' | 'mode' | 'comma' = 'nothing';
  while (!words.done) {
    const mode = takeMode(words);
    if (mode !== undefined) {
      modes = { ...modes, ...mode };
      before = 'mode';
    } else if (before === 'mode' && words.takeSymbol(',')) before = 'comma';
    else {
      words.skip();
      onUnknown();
    }
  }
  if (before === 'comma') onUnknown();
  return modes;
}

function takeMode(words: WordReader): TransactionModes | undefined {
  if (words.take('READ', 'ONLY')) return { readOnly: true };
  if (words.take('READ', 'WRITE')) return { readOnly: false };
  if (words.take('NOT', 'DEFERRABLE')) return { deferrable: false };
  if (words.take('DEFERRABLE')) return { deferrable: true };
  const level = isolationLevels.find((candidate) => words.take('ISOLATION', 'LEVEL', ...candidate.split(' ')));
  return level === undefined ? undefined : { isolationLevel: level.toLowerCase() };
}
