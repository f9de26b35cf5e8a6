import { PgError, sqlstate } from '@riffq/wire';
import { type Awaitable, andThen } from '../awaitable.js';
import { parseDeclare } from '../cursors/parse-declare.js';
import { beginning } from '../cursors/position.js';
import { duplicateCursor, misplacedStatement, requiresBlock } from '../errors/statement-errors.js';
import { Interrupt } from '../interrupt.js';
import type { Outcome } from '../results/normalise.js';
import type { ClientSession } from '../session/client-session.js';
import { withPosition } from '../session/error-position.js';
import { requireRoomForPortal } from '../session/extended-query/require-room.js';
import { closingOnError } from '../session/handler/close-rows.js';
import type { StatementRequest } from '../session/handler/statement-request.js';
import type { Statement } from '../sql/statement.js';
import { classifyStatement } from '../sql/statement-class.js';
import type { InnerStatements } from './inner-statements.js';

/** A limit tells the handler that other statements may come in between; how many rows FETCH will take, nobody knows yet. */
const rowsAtFirst = 100;

/**
 * DECLARE: runs the query up to its first row, and makes the portal that FETCH reads it from. Undefined when it is nothing
 * that PostgreSQL would understand.
 */
export function declareCursor(
  session: ClientSession,
  request: StatementRequest,
  { run }: InnerStatements,
): Awaitable<Outcome | undefined> {
  const declaration = parseDeclare(request.statement, session.tell);
  if (declaration === undefined) return undefined;
  const { name, options, query } = declaration;
  refuseWrites(request.statement.sql, query);
  if (!options.hold && session.transaction.kind === 'idle') throw requiresBlock('DECLARE CURSOR');
  if (session.portals.has(name)) throw duplicateCursor(name);
  requireRoomForPortal(session, name);

  // Its own: it lives longer than the statement that declares it.
  const interrupt = new Interrupt();
  const unfollow = interrupt.follow(request.interrupt);
  const outcome = withPosition(query, () =>
    run({ ...request, statement: query, resultFormats: [], maxRows: rowsAtFirst, interrupt }),
  );
  return andThen(outcome, (result) => {
    unfollow();
    if (!('rows' in result)) throw noQuery(query);
    const { rows } = result;
    return closingOnError(session, rows, interrupt, () => {
      if (result.kind !== 'rows') throw noQuery(query);
      rows.start(
        rows.fields.map(() => 'text'),
        session.settingValues.output,
      );
      session.portals.set(name, {
        name,
        prepared: { name: '', statement: query, parameterTypes: request.parameterTypes, columns: rows.fields },
        args: request.args,
        encodedArgs: { values: [], formats: [] },
        resultFormats: [],
        text: session.activity.query,
        made: session.activity.now,
        savepoints: session.transaction.depth,
        cursor: options,
        position: beginning,
        state: { kind: 'rows', rows, interrupt },
        columns: rows.fields,
      });
      return { kind: 'tag', tag: 'DECLARE CURSOR' };
    });
  });
}

function refuseWrites(sql: string, query: Statement): void {
  const kind = classifyStatement(query);
  if (kind === 'reads') return;
  // An INTO makes a table of a query, which PostgreSQL reads as one.
  if (query.keyword === 'SELECT') throw noQuery(query);
  if (query.keyword !== 'WITH') throw misplacedStatement(sql, query);
  throw new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: 'DECLARE CURSOR must not contain data-modifying statements in WITH',
  });
}

function noQuery({ keyword }: Statement): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_cursor_definition,
    message: `cannot open ${keyword} query as cursor`,
  });
}
