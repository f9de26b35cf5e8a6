import { type FieldDescription, typeOid } from '@riffq/wire';
import { encodedRowStream } from '../results/encoded-rows.js';
import type { Outcome } from '../results/normalise.js';
import type { Statement } from '../sql/statement.js';

/** What asyncpg's pool sends with every connection that comes back; there are no advisory locks, so all are free. */
export function unlocksAdvisoryLocks({ sql }: Statement): boolean {
  return /^select\s+(pg_catalog\.)?pg_advisory_unlock_all\s*\(\s*\)$/i.test(sql);
}

export const unlockColumns: readonly FieldDescription[] = [{ name: 'pg_advisory_unlock_all', typeOid: typeOid.void }];

/** PostgreSQL's answer: one row of type void. */
export function unlockAdvisoryLocks(): Outcome {
  return { kind: 'rows', rows: encodedRowStream({ fields: unlockColumns, rows: [['']] }) };
}
