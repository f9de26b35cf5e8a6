import { typeOid } from '@riffq/wire';
import { type Awaitable, andThen } from '../../awaitable.js';
import { cannotDescribe } from '../../errors/result-errors.js';
import { inFailedBlock, noSuchStatement } from '../../errors/statement-errors.js';
import { Interrupt } from '../../interrupt.js';
import { findExecute } from '../../prepared/parse-execute.js';
import type { StatementDescription } from '../../query-context.js';
import { describeSchema } from '../../results/arrow-rows.js';
import { inFormats } from '../../results/in-formats.js';
import { resolveFormats } from '../../results/resolve-formats.js';
import type { Format } from '../../results/row-stream.js';
import { describeSessionStatement } from '../../session-statements/describe.js';
import { executedStatement } from '../../session-statements/execute-prepared.js';
import { fetchedStatement, fetchesFrom } from '../../session-statements/fetch.js';
import type { Statement } from '../../sql/statement.js';
import { classifyStatement } from '../../sql/statement-class.js';
import { asTimed } from '../as-running.js';
import { describeCatalogQuery, mayBeCatalogs } from '../catalog-query.js';
import type { ClientSession } from '../client-session.js';
import { withPosition } from '../error-position.js';
import { askHandler } from '../handler/ask-handler.js';
import { closeRows } from '../handler/close-rows.js';
import type { PreparedStatement } from './prepared-statement.js';
import { type Columns, requireSameColumns } from './require-same-columns.js';

/**
 * Describe of a statement: what it takes, what it gives. Learned without a write ever running, and once, but from a handler
 * that describes: as with PostgreSQL, what would give other columns than the client was told is 0A000.
 */
export async function describeStatement(session: ClientSession, prepared: PreparedStatement): Promise<void> {
  const told = prepared.columns;
  // What has been described keeps its parameters, even if it cannot be described any more.
  const isTold = told !== undefined && !session.transaction.failed;
  if (isTold) tellParameters(session, prepared);
  const columns = (await columnsOf(session, prepared, 'run')) ?? null;
  if (!isTold) tellParameters(session, prepared);
  if (told !== undefined) {
    requireExecuted(prepared, told, columns);
    requireSameColumns(told, columns);
    prepared.columns = columns;
  }
  sendColumns(session, columns, []);
}

/** From here on values come as what the client was told. */
function tellParameters(session: ClientSession, prepared: PreparedStatement): void {
  prepared.parameterTypes = prepared.parameterTypes.map((oid) => (oid === 0 ? typeOid.text : oid));
  session.send({ type: 'ParameterDescription', typeOids: prepared.parameterTypes });
}

/** @throws PgError 26000 when an EXECUTE that had columns has none any more: what it executes is gone */
function requireExecuted({ statement }: PreparedStatement, told: Columns, columns: Columns): void {
  if (statement?.keyword !== 'EXECUTE' || told === null || columns !== null) return;
  const name = findExecute(statement)?.words.takeName();
  if (name !== undefined) throw noSuchStatement(name);
}

/** RowDescription with Bind's formats, or NoData. */
export function sendColumns(session: ClientSession, columns: Columns, resultFormats: readonly Format[]): void {
  if (columns === null) {
    session.send({ type: 'NoData' });
    return;
  }
  session.send({ type: 'RowDescription', fields: inFormats(columns, resolveFormats(resultFormats, columns.length)) });
}

/**
 * A statement's columns (design, section 3, the five steps): from `handleDescribe`; from the first keyword; refused for
 * what may write and return rows; else by `handleQuery` with `describe: true` (`run`), or undefined (`leave`).
 */
export function columnsOf(
  session: ClientSession,
  prepared: PreparedStatement,
  reading: 'run' | 'leave',
): Awaitable<Columns | undefined> {
  const { statement } = prepared;
  if (statement === null) return null;
  const executed = executedStatement(session, statement) ?? fetchedStatement(session, statement);
  // Of portals that fetch from each other, or from themselves, nothing can be told, and PostgreSQL says so.
  if (executed !== undefined)
    return fetchesFrom(session, executed, prepared) ? null : columnsOf(session, executed, reading);
  if (session.transaction.failed && statement.keyword === 'SHOW') throw inFailedBlock();
  return andThen(describeSessionStatement(session, statement), (own) => {
    const columns = own === undefined ? prepared.columns : own;
    // As with PostgreSQL, a failed block refuses to describe queries but not commands.
    if (session.transaction.failed && columns !== null && !(columns === undefined && returnsNoRows(statement))) {
      throw inFailedBlock();
    }
    // What the session itself gives may be other columns the next time: those of another cursor, say.
    const described = prepared.columns;
    const mayHaveChanged =
      own === undefined && reading === 'run' && described != null && asksEachTime(session, statement);
    if (columns !== undefined && !mayHaveChanged) return columns;
    return andThen(learnColumns(session, prepared, statement, reading), (known) => {
      if (described === undefined) prepared.columns = known;
      return known;
    });
  });
}

/** Whether the handler may say at any time what a statement gives: its tables may have changed. */
function asksEachTime(session: ClientSession, { sql }: Statement): boolean {
  return session.connection.handleDescribe !== undefined && !mayBeCatalogs(session, sql);
}

/** The columns as they are now, whatever was told before; what is `reading` is that of `columnsOf`. */
export function learnColumns(
  session: ClientSession,
  prepared: PreparedStatement,
  statement: Statement,
  reading: 'run' | 'leave',
): Awaitable<Columns | undefined> {
  return withPosition(statement, () =>
    andThen(describeByCatalog(session, prepared, statement), (columns) =>
      columns === undefined ? learnFromHandler(session, prepared, statement, reading) : columns,
    ),
  );
}

/** Undefined when the statement is no catalog query. */
function describeByCatalog(
  session: ClientSession,
  prepared: PreparedStatement,
  { sql }: Statement,
): Awaitable<Columns | undefined> {
  if (session.transaction.failed) return undefined;
  const interrupt = new Interrupt();
  const described = asTimed(session, interrupt, () =>
    describeCatalogQuery(session, sql, prepared.parameterTypes, interrupt),
  );
  return andThen(described, (description) => {
    if (description === undefined) return undefined;
    prepared.parameterTypes = description.parameterTypes;
    return description.fields;
  });
}

function learnFromHandler(
  session: ClientSession,
  prepared: PreparedStatement,
  statement: Statement,
  reading: 'run' | 'leave',
): Awaitable<Columns | undefined> {
  if (session.connection.handleDescribe !== undefined && !session.transaction.failed) {
    return describeByHandler(session, prepared, statement);
  }
  if (returnsNoRows(statement)) return null;
  if (classifyStatement(statement) === 'mayWriteRows') throw cannotDescribe();
  return reading === 'run' ? describeByRunning(session, prepared, statement) : undefined;
}

const returnsNoRows = (statement: Statement): boolean => classifyStatement(statement) === 'noRows';

async function describeByRunning(
  session: ClientSession,
  { parameterTypes }: PreparedStatement,
  statement: Statement,
): Promise<Columns> {
  const interrupt = new Interrupt();
  const request = { statement, args: [], parameterTypes, protocol: 'extended', interrupt, describe: true } as const;
  return asTimed(session, interrupt, async () => {
    const outcome = await askHandler(session, request);
    if ('rows' in outcome) await closeRows(session, outcome.rows, interrupt);
    return outcome.kind === 'rows' ? outcome.rows.fields : null;
  });
}

async function describeByHandler(
  session: ClientSession,
  prepared: PreparedStatement,
  { sql }: Statement,
): Promise<Columns> {
  const interrupt = new Interrupt();
  const { parameterTypes } = prepared;
  const context = { session, signal: interrupt.signalFor(session.host.logger), parameterTypes };
  const description = await asTimed(session, interrupt, () =>
    interrupt.race(Promise.resolve(session.connection.handleDescribe?.(sql, context))),
  );
  if (description === undefined) throw cannotDescribe();
  // A dialect may have parameters that look other than $1.
  const count = Math.max(parameterTypes.length, description.parameterTypes.length);
  prepared.parameterTypes = Array.from(
    { length: count },
    (_, at) => parameterTypes[at] || description.parameterTypes[at] || 0,
  );
  return describedColumns(description.schema);
}

function describedColumns(schema: StatementDescription['schema']): Columns {
  if (schema === null) return null;
  return 'fields' in schema ? describeSchema(schema) : schema;
}
