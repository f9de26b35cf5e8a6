import { duplicateStatement, misplacedStatement } from '../errors/statement-errors.js';
import { parsePrepare } from '../prepared/parse-prepare.js';
import type { Outcome } from '../results/normalise.js';
import { describeCatalogQuery } from '../session/catalog-query.js';
import type { ClientSession } from '../session/client-session.js';
import { withPosition } from '../session/error-position.js';
import { declaredTypes } from '../session/extended-query/declared-types.js';
import { requireRoomForStatement } from '../session/extended-query/require-room.js';
import type { StatementRequest } from '../session/handler/statement-request.js';
import { classifyStatement } from '../sql/statement-class.js';

/** What writes can be prepared; commands (CREATE, SET ...) cannot, nor what is prepared or declared already. */
const preparedWrites = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'REPLACE', 'UPSERT', 'CALL', 'WITH']);
const neverPrepared = new Set(['EXPLAIN', 'SHOW']);

/**
 * PREPARE: a statement beside those that Parse makes. Undefined when it is nothing that PostgreSQL would understand. A catalog
 * query is looked at by PostgreSQL at once; what the handler would say is found out when it is executed.
 */
export async function prepare(
  session: ClientSession,
  { statement, interrupt }: Pick<StatementRequest, 'statement' | 'interrupt'>,
): Promise<Outcome | undefined> {
  const { sql } = statement;
  const preparation = parsePrepare(sql, session.tell);
  if (preparation === undefined) return undefined;
  const { name, inner, parameterTypes } = preparation;
  const canBePrepared = classifyStatement(inner) === 'reads' || preparedWrites.has(inner.keyword);
  if (!canBePrepared || neverPrepared.has(inner.keyword)) {
    throw misplacedStatement(sql, inner);
  }
  if (session.statements.has(name)) throw duplicateStatement(name);
  requireRoomForStatement(session, name, session.activity.query);
  const declared = declaredTypes(parameterTypes, inner);
  const described = await withPosition(inner, () => describeCatalogQuery(session, inner.sql, declared, interrupt));
  session.statements.set(name, {
    name,
    origin: { text: session.activity.query, fromSql: true, made: session.activity.now },
    statement: inner,
    parameterTypes: described?.parameterTypes ?? declared,
    columns: described?.fields,
  });
  return { kind: 'tag', tag: 'PREPARE' };
}
