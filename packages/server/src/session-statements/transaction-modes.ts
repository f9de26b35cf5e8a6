import { PgError, sqlstate } from '@riffq/wire';
import type { ClientSession } from '../session/client-session.js';

/** What BEGIN, SET TRANSACTION and SET SESSION CHARACTERISTICS say of a transaction. */
export interface TransactionModes {
  readonly isolationLevel?: string;
  readonly readOnly?: boolean;
  readonly deferrable?: boolean;
}

/** Sets the running transaction's characteristics; SHOW tells them until it ends. */
export function setTransactionModes(session: ClientSession, modes: TransactionModes): void {
  for (const [name, value] of settingsOf(modes)) session.settingValues.set(name, value, 'transaction');
}

/** Sets what transactions to come begin with. */
export function setDefaultTransactionModes(session: ClientSession, modes: TransactionModes): void {
  for (const [name, value] of settingsOf(modes)) session.settingValues.set(`default_${name}`, value);
}

/** The running transaction's characteristics: AND CHAIN keeps them. */
export function transactionModesOf({ settingValues }: ClientSession): TransactionModes {
  return {
    isolationLevel: settingValues.get('transaction_isolation') ?? '',
    readOnly: settingValues.get('transaction_read_only') === 'on',
    deferrable: settingValues.get('transaction_deferrable') === 'on',
  };
}

/** SET TRANSACTION with these modes; undefined when there are none. */
export function setTransactionStatement({
  isolationLevel,
  readOnly,
  deferrable,
}: TransactionModes): string | undefined {
  const modes = [
    ...(isolationLevel === undefined ? [] : [`ISOLATION LEVEL ${isolationLevel.toUpperCase()}`]),
    ...(readOnly === undefined ? [] : [readOnly ? 'READ ONLY' : 'READ WRITE']),
    ...(deferrable === undefined ? [] : [deferrable ? 'DEFERRABLE' : 'NOT DEFERRABLE']),
  ];
  return modes.length === 0 ? undefined : `SET TRANSACTION ${modes.join(', ')}`;
}

/** @throws PgError 25001 for what only a transaction that has not done anything can be given */
export function requireUnbegun(
  { settingValues }: ClientSession,
  { isolationLevel, deferrable }: TransactionModes,
): void {
  const changesLevel = isolationLevel !== undefined && isolationLevel !== settingValues.get('transaction_isolation');
  if (!changesLevel && deferrable === undefined) return;
  throw new PgError({
    sqlstate: sqlstate.active_sql_transaction,
    message: `SET TRANSACTION ${changesLevel ? 'ISOLATION LEVEL' : '[NOT] DEFERRABLE'} must be called before any query`,
  });
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
