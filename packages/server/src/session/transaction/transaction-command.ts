import { PgError, sqlstate } from '@riffq/wire';
import { type Awaitable, andThen } from '../../awaitable.js';
import { inFailedBlock, requiresBlock } from '../../errors/statement-errors.js';
import type { Interrupt } from '../../interrupt.js';
import type { TransactionCommand, TransactionModes } from '../../query-context.js';
import {
  chainTransactionModes,
  changeTransactionModes,
  defaultTransactionModes,
  modesText,
  requireChangeableModes,
  restoreReadOnly,
  setTransactionModes,
  transactionModesOf,
} from '../../session-statements/transaction-modes.js';
import { modesBehindBegin, type ParsedTransactionCommand } from '../../sql/transaction-command.js';
import type { ClientSession } from '../client-session.js';
import { endPortals } from '../extended-query/end-portals.js';
import { closePortalsSince, keepPortals } from '../extended-query/portals.js';
import { askHandler } from '../handler/ask-handler.js';
import { closeRows } from '../handler/close-rows.js';
import type { StatementRequest } from '../handler/statement-request.js';
import { announceTransaction } from './announce-transaction.js';

/**
 * Carries out BEGIN, COMMIT, ROLLBACK and savepoints and answers their tag. `handleTransaction` does the work where there
 * is one; else the handler, when session statements are its own; else the session alone keeps the state.
 */
export async function runTransactionCommand(
  session: ClientSession,
  command: ParsedTransactionCommand,
  request: StatementRequest,
): Promise<string> {
  const { transaction } = session;
  switch (command.kind) {
    case 'begin':
      return begin(session, command, request);
    case 'commit':
    case 'rollback':
      return end(session, command, request);
    case 'savepoint':
      requireBlock(session, 'SAVEPOINT');
      if (transaction.failed) throw inFailedBlock();
      await carryOut(session, command, request);
      transaction.savepoint(command.name, {
        settings: session.settingValues.savepoint(),
        channels: session.channels.pending,
      });
      return 'SAVEPOINT';
    case 'release': {
      requireBlock(session, 'RELEASE SAVEPOINT');
      if (transaction.failed) throw inFailedBlock();
      const at = findSavepoint(session, command.name);
      await carryOut(session, command, request);
      restoreReadOnly(session, transaction.release(at));
      keepPortals(session, at);
      session.handlersCursors.release(at);
      return 'RELEASE';
    }
    case 'rollbackTo': {
      requireBlock(session, 'ROLLBACK TO SAVEPOINT');
      const at = findSavepoint(session, command.name);
      await closePortalsSince(session, at);
      await carryOut(session, command, request);
      const saved = transaction.rollbackTo(at);
      if (saved !== undefined) {
        session.settingValues.rollbackTo(saved.settings);
        session.channels.rollbackTo(saved.channels);
      }
      session.handlersCursors.rollbackTo(at);
      return 'ROLLBACK';
    }
  }
}

/** Begins the block that several statements are, and tells the connection when it wants to know of transactions. */
export async function beginImplicit(session: ClientSession, interrupt: Interrupt): Promise<void> {
  if (session.transaction.kind !== 'idle') return;
  const announced = session.connection.handleTransaction !== undefined;
  session.transaction.beginImplicit(announced);
  if (!announced) return;
  try {
    await announceTransaction(
      session,
      withDefaults(session, { kind: 'begin', implicit: true, sql: 'BEGIN' }),
      interrupt,
    );
  } catch (error) {
    session.transaction.end();
    throw error;
  }
}

/** Ends what is no block of the client's own, at Sync, at the end of a Query, or by an error: its portals and SET LOCAL. */
export function endTransaction(
  session: ClientSession,
  how: 'commit' | 'rollback',
  interrupt: Interrupt,
): Awaitable<void> {
  if (session.transaction.announced) {
    // What another PostgreSQL says of the end comes behind what it has said of the statements.
    session.settingValues.beginStatement();
    const command = { kind: how, chain: false, implicit: true, sql: how.toUpperCase() } as const;
    return finish(session, command, interrupt, (ending) => announceTransaction(session, ending, interrupt));
  }
  session.transaction.end();
  return andThen(endPortals(session, how, interrupt), () => settle(session, how));
}

async function begin(session: ClientSession, command: Begin, request: StatementRequest): Promise<string> {
  const { transaction, host } = session;
  const tag = request.statement.keyword === 'START' ? 'START TRANSACTION' : 'BEGIN';
  if (transaction.failed) throw inFailedBlock();
  if (transaction.kind === 'block') {
    const message = 'there is already a transaction in progress';
    await warn(session, { sqlstate: sqlstate.active_sql_transaction, message }, command, request);
    // Another PostgreSQL that is asked for them has changed them itself.
    if (!transaction.isForwarded || host.sessionStatements === 'server') await changeModes(session, command, request);
    return tag;
  }
  // An implicit block that was announced becomes the client's own.
  if (transaction.announced) await changeModes(session, command, request);
  else {
    if (host.sessionStatements === 'server') requireChangeableModes(session, command);
    await carryOut(session, withDefaults(session, command), request);
  }
  transaction.begin();
  setTransactionModes(session, command);
  return tag;
}

type Begin = Extract<ParsedTransactionCommand, { readonly kind: 'begin' }>;

/** A begin with the modes, too, that the client has made its default, where the server knows those. */
function withDefaults(session: ClientSession, command: Begin): Begin {
  if (session.host.sessionStatements === 'handler') return command;
  const modes = { ...defaultTransactionModes(session), ...modesOf(command) };
  const text = modesText(modes);
  if (text === modesText(command)) return command;
  return { ...command, ...modes, sql: `BEGIN ${text}` };
}

function modesOf({ kind: _kind, implicit: _implicit, sql: _sql, ...modes }: Begin): TransactionModes {
  return modes;
}

/** In a transaction that has begun, the modes of a BEGIN are for SET TRANSACTION. */
async function changeModes(session: ClientSession, command: Begin, request: StatementRequest): Promise<void> {
  if (session.host.sessionStatements === 'server') {
    return changeTransactionModes(session, modesOf(command), request.interrupt);
  }
  const modes = modesBehindBegin(request.statement);
  if (modes !== '') await askForNothing(session, `SET TRANSACTION ${modes}`, request);
}

async function end(session: ClientSession, command: Ending, request: StatementRequest): Promise<string> {
  const { transaction } = session;
  if (transaction.kind !== 'block') {
    if (command.chain) requireBlock(session, `${command.kind.toUpperCase()} AND CHAIN`);
    const message = 'there is no transaction in progress';
    try {
      await warn(session, { sqlstate: sqlstate.no_active_sql_transaction, message }, command, request);
    } catch (error) {
      // Where another PostgreSQL warns it has committed first, and warns only of what comes now.
      await endTransaction(session, 'rollback', session.interrupt);
      throw error;
    }
    await endTransaction(session, command.kind, request.interrupt);
    return command.kind.toUpperCase();
  }
  const kind = transaction.failed ? 'rollback' : command.kind;
  const sql = kind === command.kind ? command.sql : `ROLLBACK${command.chain ? ' AND CHAIN' : ''}`;
  const modes = transactionModesOf(session);
  // Nobody cancels a rollback, as with PostgreSQL: the handler's own transaction would stay open.
  const interrupt = kind === 'rollback' ? session.interrupt : request.interrupt;
  await finish(session, { ...command, kind, sql }, interrupt, (ending) =>
    carryOut(session, ending, { ...request, interrupt }),
  );
  if (command.chain) {
    transaction.begin();
    chainTransactionModes(session, modes);
    session.timers.continueTransaction();
  }
  return kind.toUpperCase();
}

/** Makes what the session itself has done in its transaction last, or takes it back. */
function settle(session: ClientSession, how: 'commit' | 'rollback'): void {
  session.timers.endTransaction();
  session.settingValues.endTransaction(how);
  session.channels.endTransaction(how);
  session.handlersCursors.endTransaction(how);
}

type Ending = TransactionCommand & { readonly kind: 'commit' | 'rollback' };

/** Whatever COMMIT itself meets, the transaction is over. */
async function finish(
  session: ClientSession,
  ending: Ending,
  interrupt: Interrupt,
  work: (ending: Ending) => Promise<void>,
): Promise<void> {
  session.transaction.end();
  try {
    await endPortals(session, ending.kind, interrupt);
  } catch (error) {
    // What a cursor WITH HOLD has left cannot be kept: nothing is committed.
    await finish(session, { ...ending, kind: 'rollback', chain: false, sql: 'ROLLBACK' }, interrupt, work);
    throw error;
  }
  try {
    await work(ending);
    settle(session, ending.kind);
  } catch (error) {
    settle(session, 'rollback');
    throw error;
  }
}

async function carryOut(session: ClientSession, command: TransactionCommand, request: StatementRequest): Promise<void> {
  if (session.connection.handleTransaction !== undefined) {
    return announceTransaction(session, command, request.interrupt);
  }
  if (session.host.sessionStatements === 'server') return;
  await askForNothing(session, command.sql, request);
}

async function askForNothing(session: ClientSession, sql: string, request: StatementRequest): Promise<void> {
  const outcome = await askHandler(session, { ...request, statement: { ...request.statement, sql } });
  if ('rows' in outcome) await closeRows(session, outcome.rows, request.interrupt);
}

/** Warns of a command that has nothing to do; another PostgreSQL, if there is one, warns itself. */
async function warn(
  session: ClientSession,
  warning: { readonly sqlstate: string; readonly message: string },
  command: TransactionCommand,
  request: StatementRequest,
): Promise<void> {
  if (session.transaction.isForwarded) await carryOut(session, command, request);
  else session.warn(warning);
}

function requireBlock(session: ClientSession, statement: string): void {
  if (session.transaction.kind !== 'block') throw requiresBlock(statement);
}

function findSavepoint(session: ClientSession, name: string): number {
  const at = session.transaction.findSavepoint(name);
  if (at !== undefined) return at;
  throw new PgError({
    sqlstate: sqlstate.invalid_savepoint_specification,
    message: `savepoint "${name}" does not exist`,
  });
}
