import type { TransactionModes } from '@riffq/server';
import { PgError, sqlstate } from '@riffq/wire';

/** Snapshot isolation gives all that these three promise; SERIALIZABLE promises more. */
const satisfiedLevels: ReadonlySet<string> = new Set(['read uncommitted', 'read committed', 'repeatable read']);

/**
 * The statement that begins a transaction of these modes in DuckDB.
 *
 * @throws PgError 0A000 for SERIALIZABLE
 */
export function beginStatement({ isolationLevel, readOnly }: TransactionModes): string {
  const level = isolationLevel?.toLowerCase() ?? 'repeatable read';
  if (!satisfiedLevels.has(level)) {
    throw new PgError({
      sqlstate: sqlstate.feature_not_supported,
      message: `DuckDB has no isolation level ${level.toUpperCase()}`,
      hint: 'Its transactions see a snapshot: use REPEATABLE READ.',
    });
  }
  return readOnly === true ? 'BEGIN TRANSACTION READ ONLY' : 'BEGIN TRANSACTION';
}

/** 0A000: DuckDB has no savepoints. */
export function noSavepoints(): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: 'DuckDB has no savepoints',
    hint: 'Run the statements in transactions of their own, or turn savepoints off in the driver.',
  });
}
