import { PgError, sqlstate } from '@riffq/wire';
import type { Interrupt } from '../interrupt.js';
import type { TransactionModes } from '../query-context.js';
import type { ClientSession } from '../session/client-session.js';
import { announceTransaction } from '../session/transaction/announce-transaction.js';
import type { SavedState } from '../session/transaction/transaction.js';
import type { SettingScope } from '../settings/settings.js';

const usual: TransactionModes = { isolationLevel: 'read committed', readOnly: false, deferrable: false };

/** Sets the running transaction's characteristics; SHOW tells them until it ends. */
export function setTransactionModes(session: ClientSession, modes: TransactionModes): void {
  for (const [name, value] of settingsOf(modes)) session.settingValues.set(name, value, 'transaction');
}

/** Gives a transaction that AND CHAIN begins the modes of the one before it. */
export function chainTransactionModes({ settingValues }: ClientSession, modes: TransactionModes): void {
  settingValues.chainTransaction(settingsOf(modes));
}

/** Sets what transactions to come begin with. */
export function setDefaultTransactionModes(session: ClientSession, modes: TransactionModes, scope: SettingScope): void {
  for (const [name, value] of settingsOf(modes)) session.settingValues.set(`default_${name}`, value, scope);
}

const readOnly = 'transaction_read_only';

/** READ ONLY that was set in a subtransaction ends with it, also where that commits. */
export function restoreReadOnly({ settingValues }: ClientSession, saved: SavedState | undefined): void {
  const before = saved && settingValues.valueAt(saved.settings, readOnly);
  if (before !== undefined && before !== settingValues.get(readOnly))
    settingValues.set(readOnly, before, 'transaction');
}

/** The running transaction's characteristics. */
export function transactionModesOf({ settingValues }: ClientSession): TransactionModes {
  return {
    isolationLevel: settingValues.get('transaction_isolation') ?? '',
    readOnly: settingValues.get('transaction_read_only') === 'on',
    deferrable: settingValues.get('transaction_deferrable') === 'on',
  };
}

/** Those of the modes that a transaction begins with which are not PostgreSQL's usual ones: the client's defaults. */
export function defaultTransactionModes(session: ClientSession): TransactionModes {
  return differing(transactionModesOf(session), usual);
}

/** What one setting says of the transaction: `transaction_isolation`, `transaction_read_only` or `transaction_deferrable`. */
export function transactionModesOfSetting(name: string, value: string): TransactionModes {
  switch (name) {
    case 'transaction_isolation':
      return { isolationLevel: value };
    case 'transaction_read_only':
      return { readOnly: value === 'on' };
    default:
      return { deferrable: value === 'on' };
  }
}

/**
 * Changes the modes of the transaction that runs, and tells `handleTransaction` if it knows of that.
 *
 * @throws PgError 25001 for what comes too late
 */
export async function changeTransactionModes(
  session: ClientSession,
  modes: TransactionModes,
  interrupt: Interrupt,
): Promise<void> {
  const { connection, transaction } = session;
  requireChangeableModes(session, modes);
  const changes = differing(modes, transactionModesOf(session));
  const sql = modesText(changes);
  const isKnown = transaction.kind === 'block' || transaction.announced;
  if (sql !== '' && isKnown && connection.handleTransaction !== undefined) {
    const command = { kind: 'setTransaction', ...changes, implicit: false, sql: `SET TRANSACTION ${sql}` } as const;
    await announceTransaction(session, command, interrupt);
  }
  setTransactionModes(session, modes);
}

/** Modes as BEGIN and SET TRANSACTION take them; empty when there are none. */
export function modesText({ isolationLevel, readOnly, deferrable }: TransactionModes): string {
  return [
    ...(isolationLevel === undefined ? [] : [`ISOLATION LEVEL ${isolationLevel.toUpperCase()}`]),
    ...(readOnly === undefined ? [] : [readOnly ? 'READ ONLY' : 'READ WRITE']),
    ...(deferrable === undefined ? [] : [deferrable ? 'DEFERRABLE' : 'NOT DEFERRABLE']),
  ].join(', ');
}

/** @throws PgError 25001 for what a transaction cannot be given behind its first query, or in a subtransaction */
export function requireChangeableModes(session: ClientSession, modes: TransactionModes): void {
  const { isQueried, depth } = session.transaction;
  const now = transactionModesOf(session);
  if (modes.isolationLevel !== undefined && modes.isolationLevel !== now.isolationLevel) {
    if (isQueried) throw tooLate('SET TRANSACTION ISOLATION LEVEL must be called before any query');
    if (depth > 0) throw tooLate('SET TRANSACTION ISOLATION LEVEL must not be called in a subtransaction');
  }
  if (modes.readOnly === false && now.readOnly) {
    if (depth > 0) throw tooLate('cannot set transaction read-write mode inside a read-only transaction');
    if (isQueried) throw tooLate('transaction read-write mode must be set before any query');
  }
  if (modes.deferrable !== undefined) {
    if (depth > 0) throw tooLate('SET TRANSACTION [NOT] DEFERRABLE cannot be called within a subtransaction');
    if (isQueried) throw tooLate('SET TRANSACTION [NOT] DEFERRABLE must be called before any query');
  }
}

function tooLate(message: string): PgError {
  return new PgError({ sqlstate: sqlstate.active_sql_transaction, message });
}

/** Those of the modes that are others there. */
function differing(
  { isolationLevel, readOnly, deferrable }: TransactionModes,
  than: TransactionModes,
): TransactionModes {
  return {
    ...(isolationLevel !== undefined && isolationLevel !== than.isolationLevel && { isolationLevel }),
    ...(readOnly !== undefined && readOnly !== than.readOnly && { readOnly }),
    ...(deferrable !== undefined && deferrable !== than.deferrable && { deferrable }),
  };
}

function settingsOf({
  isolationLevel,
  readOnly,
  deferrable,
}: TransactionModes): readonly (readonly [string, string])[] {
  const onOff = (value: boolean): string => (value ? 'on' : 'off');
  return [
    ...(isolationLevel === undefined ? [] : [['transaction_isolation', isolationLevel] as const]),
    ...(readOnly === undefined ? [] : [['transaction_read_only', onOff(readOnly)] as const]),
    ...(deferrable === undefined ? [] : [['transaction_deferrable', onOff(deferrable)] as const]),
  ];
}
