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
