import { type Bind, type FrontendMessage, formatAt, PgError, sqlstate } from '@riffq/wire';
import { type Awaitable, andThen } from '../../awaitable.js';
import { beginning } from '../../cursors/position.js';
import {
  duplicateCursor,
  duplicateStatement,
  inFailedBlock,
  noSuchStatement,
  protocolViolation,
} from '../../errors/statement-errors.js';
import { decodeParameter } from '../../parameters/decode-parameter.js';
import type { ParameterValue } from '../../query-context.js';
import { resolveFormats } from '../../results/resolve-formats.js';
import { describeSessionStatement } from '../../session-statements/describe.js';
import { requireCopySyntax } from '../../sql/copy-statement.js';
import { isQueryWhenRead } from '../../sql/query-keywords.js';
import type { Statement } from '../../sql/statement.js';
import { endsTransaction } from '../../sql/transaction-command.js';
import { mayBeCatalogs } from '../catalog-query.js';
import type { ClientSession } from '../client-session.js';
import { atPosition } from '../error-position.js';
import { keptName } from '../named-map.js';
import { declaredTypes } from './declared-types.js';
import { columnsOf } from './describe.js';
import { absentPortal, closePortal } from './portals.js';
import type { Portal, PreparedStatement } from './prepared-statement.js';
import { requireRoomForPortal, requireRoomForStatement } from './require-room.js';
import { isRevalidated, revalidate } from './revalidate.js';

const bound = { kind: 'bound' } as const;
const none: readonly ParameterValue[] = [];

type Message<T extends FrontendMessage['type']> = Extract<FrontendMessage, { type: T }>;

/** Parse: one statement and its parameter types. The handler is asked for nothing but a setting, so any dialect passes. */
export function parse(session: ClientSession, message: Message<'Parse'>): Awaitable<void> {
  const replaced = message.statement === '' ? session.statements.get('') : undefined;
  // Gone even if this Parse fails, as with PostgreSQL.
  if (replaced !== undefined) session.statements.delete('');
  const statement = onlyStatement(session, message.sql);
  if (statement !== null) {
    requireReadable(session, statement);
    refuseInFailedBlock(session, statement);
    requirePossibleParameters(statement);
    if (isQueryWhenRead(statement)) session.transaction.isQueried = true;
  }
  if (statement?.keyword !== 'SHOW') return keepStatement(session, message, statement, replaced);
  // PostgreSQL looks for the setting here already.
  return andThen(describeSessionStatement(session, statement), () =>
    keepStatement(session, message, statement, replaced),
  );
}

function keepStatement(
  session: ClientSession,
  message: Message<'Parse'>,
  statement: Statement | null,
  replaced: PreparedStatement | undefined,
): void {
  if (session.statements.has(message.statement)) {
    throw duplicateStatement(message.statement);
  }
  requireRoomForStatement(session, message.statement, message.sql);
  session.statements.set(message.statement, {
    name: keptName(message.statement),
    origin: message.statement === '' ? undefined : { text: message.sql, fromSql: false, made: session.activity.now },
    statement,
    parameterTypes: declaredTypes(message.parameterTypes, statement, toldTypes(session, statement, replaced)),
    columns: undefined,
  });
  session.send({ type: 'ParseComplete' });
}

/** @throws PgError 42601 for what only the server could read, and cannot */
function requireReadable({ host }: ClientSession, statement: Statement): void {
  if (host.copy !== 'server') return;
  try {
    requireCopySyntax(statement);
  } catch (error) {
    throw atPosition(error, statement);
  }
}

/** @throws PgError 42601 when there are several */
function onlyStatement({ host, settingValues }: ClientSession, sql: string): Statement | null {
  const statement = host.statements.only(sql, settingValues.escapesInStrings);
  if (statement === 'several') {
    throw new PgError({
      sqlstate: sqlstate.syntax_error,
      message: 'cannot insert multiple commands into a prepared statement',
    });
  }
  return statement === 'none' ? null : statement;
}

/** Bind: a portal out of a statement and values, decoded by their formats and types. */
export function bind(session: ClientSession, message: Bind): Awaitable<void> {
  const prepared = findStatement(session, message.statement);
  const { parameters } = message;
  if (parameters.length !== prepared.parameterTypes.length) {
    throw protocolViolation(
      `bind message supplies ${parameters.length} parameters, but prepared statement "${message.statement}" requires ${prepared.parameterTypes.length}`,
    );
  }
  const { statement } = prepared;
  const canRun = statement !== null && endsTransaction(statement) && parameters.length === 0;
  if (session.transaction.failed && !canRun) throw inFailedBlock();
  if (statement !== null && isQueryWhenRead(statement)) session.transaction.isQueried = true;
  if (message.portal !== '' && session.portals.has(message.portal)) {
    throw duplicateCursor(message.portal);
  }
  requireRoomForPortal(session, message.portal);
  const closing = closePortal(session, message.portal);
  // What is learned now need not be asked again.
  const isTold = isRevalidated(session, prepared);
  if (!isTold && closing === undefined && parameters.length === 0 && message.resultFormats.length <= 1) {
    return openPortal(session, message, prepared, none);
  }
  return andThen(closing, () =>
    andThen(learn(session, message, prepared), () => {
      const args = decodeParameters(session, message, prepared);
      const revalidated = isTold ? revalidate(session, prepared) : undefined;
      return andThen(revalidated, () => openPortal(session, message, prepared, args));
    }),
  );
}

/**
 * PostgreSQL knows all types and columns since Parse: a client that knows them of an earlier one may send binary without
 * asking, and is told at once when its formats are too many. What a handler reads is of its types, whatever the client asked before.
 */
function learn(session: ClientSession, message: Bind, prepared: PreparedStatement): Awaitable<unknown> {
  const { statement } = prepared;
  if (prepared.columns !== undefined || statement === null) return;
  const isCatalogs = mayBeCatalogs(session, statement.sql);
  const describes = session.connection.handleDescribe !== undefined;
  if (!describes && !isCatalogs) return;
  const { parameters, parameterFormats, resultFormats } = message;
  const readsText = describes && !isCatalogs && !forwardsValues(session);
  const unknown = prepared.parameterTypes.some(
    (oid, at) => oid === 0 && parameters[at] !== null && (readsText || formatAt(parameterFormats, at) === 'binary'),
  );
  return unknown || resultFormats.length > 1 ? columnsOf(session, prepared, 'leave') : undefined;
}

/** Who has COPY's data go through forwards statements to where values are read. */
function forwardsValues({ host }: ClientSession): boolean {
  return host.copy === 'handler';
}

function openPortal(
  session: ClientSession,
  message: Bind,
  prepared: PreparedStatement,
  args: readonly ParameterValue[],
): void {
  if (prepared.columns) resolveFormats(message.resultFormats, prepared.columns.length);
  makePortal(session, message, prepared, args);
  session.send({ type: 'BindComplete' });
}

/** A portal of a statement and the values of its parameters. */
export function makePortal(
  session: ClientSession,
  { portal: name, parameters, parameterFormats, resultFormats }: Bind,
  prepared: PreparedStatement,
  args: readonly ParameterValue[],
): Portal {
  const portal: Portal = {
    name: keptName(name),
    prepared,
    args,
    encodedArgs: { values: parameters, formats: parameterFormats },
    resultFormats,
    made: session.activity.now,
    savepoints: session.transaction.depth,
    ofFailedBlock: session.transaction.failed,
    position: beginning,
    state: bound,
    columns: undefined,
  };
  session.portals.set(name, portal);
  return portal;
}

function decodeParameters(
  session: ClientSession,
  { parameters, parameterFormats, portal }: Bind,
  { parameterTypes }: PreparedStatement,
): readonly ParameterValue[] {
  const forwards = forwardsValues(session);
  return parameters.map((value, at) =>
    decodeParameter(
      value,
      formatAt(parameterFormats, at),
      parameterTypes[at] ?? 0,
      at + 1,
      session.settingValues.input,
      portal,
      forwards,
    ),
  );
}

/** Close: forgets a statement or portal; what does not exist is no error. */
export function close(session: ClientSession, message: Message<'Close'>): Awaitable<void> {
  if (message.kind === 'statement') session.statements.delete(message.name);
  const closing = message.kind === 'portal' ? closePortal(session, message.name) : undefined;
  return andThen(closing, () => session.send({ type: 'CloseComplete' }));
}

export function findStatement(session: ClientSession, name: string): PreparedStatement {
  const prepared = session.statements.get(name);
  if (prepared === undefined) throw noSuchStatement(name);
  return prepared;
}

export function findPortal(session: ClientSession, name: string) {
  const portal = session.portals.get(name);
  if (portal === undefined) throw absentPortal(session, name);
  return portal;
}

/** In a failed block even Parse and Bind are refused, but for what ends it. */
export function refuseInFailedBlock(session: ClientSession, statement: Statement): void {
  if (session.transaction.failed && !endsTransaction(statement)) throw inFailedBlock();
}

/** Bind counts parameters in 16 bits, so a higher number in the text can never get a value. */
function requirePossibleParameters({ parameterCount }: Statement): void {
  if (parameterCount <= 65_535) return;
  throw new PgError({ sqlstate: sqlstate.undefined_parameter, message: `there is no parameter $${parameterCount}` });
}

/**
 * What Describe said of a statement that is parsed again, where nobody could say it in Bind. PostgreSQL finds the same
 * types in every Parse, and asyncpg without its statement cache parses once more what it has described.
 */
function toldTypes(
  { connection }: ClientSession,
  statement: Statement | null,
  replaced: PreparedStatement | undefined,
): readonly number[] {
  const same = replaced !== undefined && replaced.statement?.sql === statement?.sql;
  return same && connection.handleDescribe === undefined ? replaced.parameterTypes : [];
}
