import { PgError, sqlstate } from '@riffq/wire';
import { duplicateStatement } from '../errors/statement-errors.js';
import { parsePrepare } from '../prepared/parse-prepare.js';
import type { Outcome } from '../results/normalise.js';
import type { ClientSession } from '../session/client-session.js';
import { declaredTypes } from '../session/declared-types.js';
import { requireRoomForStatement } from '../session/require-room.js';
import { classifyStatement } from '../sql/statement-class.js';

/** What writes can be prepared; commands (CREATE, SET ...) cannot, nor what is prepared or declared already. */
const preparedWrites = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'REPLACE', 'UPSERT', 'CALL', 'WITH', 'EXPLAIN']);

/** PREPARE: a statement beside those that Parse makes. Undefined when it is nothing that PostgreSQL would understand. */
export function prepare(session: ClientSession, sql: string): Outcome | undefined {
  const preparation = parsePrepare(sql);
  if (preparation === undefined) return undefined;
  const { name, inner, parameterTypes } = preparation;
  if (classifyStatement(inner) !== 'reads' && !preparedWrites.has(inner.keyword)) {
    throw new PgError({
      sqlstate: sqlstate.syntax_error,
      message: `syntax error at or near "${inner.sql.slice(0, inner.keyword.length)}"`,
      position: [...sql.slice(0, inner.offset)].length + 1,
    });
  }
  if (session.statements.has(name)) throw duplicateStatement(name);
  requireRoomForStatement(session, name);
  session.statements.set(name, {
    name,
    origin: { text: session.activity.query, fromSql: true, made: session.activity.now },
    statement: inner,
    parameterTypes: declaredTypes(parameterTypes, inner),
    columns: undefined,
  });
  return { kind: 'tag', tag: 'PREPARE' };
}
