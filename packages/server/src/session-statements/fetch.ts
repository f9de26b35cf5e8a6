import type { FieldDescription, Format } from '@riffq/wire';
import { FetchedRows } from '../cursors/fetched-rows.js';
import { parseCursorMovement } from '../cursors/movement.js';
import { type MovementPlan, planMovement } from '../cursors/plan-movement.js';
import { advance } from '../cursors/position.js';
import { skipRows } from '../cursors/skip-rows.js';
import { cannotBeRun, forwardOnly, noSuchCursor } from '../errors/statement-errors.js';
import { Interrupt } from '../interrupt.js';
import { encodedRowStream } from '../results/encoded-rows.js';
import type { Outcome } from '../results/normalise.js';
import type { ClientSession } from '../session/client-session.js';
import { withoutPosition } from '../session/error-position.js';
import { keepOutcome, portalRequest, startRows } from '../session/extended-query/keep-outcome.js';
import type { Portal, PreparedStatement } from '../session/extended-query/prepared-statement.js';
import { closeRows } from '../session/handler/close-rows.js';
import type { StatementRequest } from '../session/handler/statement-request.js';
import type { Statement } from '../sql/statement.js';
import { classifyStatement } from '../sql/statement-class.js';
import type { InnerStatements } from './inner-statements.js';

type Forward = Extract<MovementPlan, { kind: 'forward' }>;
type LentState = Extract<Portal['state'], { kind: 'rows' | 'lent' }>;

/** FETCH and MOVE, over what DECLARE or Bind made; undefined when it is neither, as PostgreSQL knows them. */
export async function fetchRows(
  session: ClientSession,
  request: StatementRequest,
  { run }: InnerStatements,
): Promise<Outcome | undefined> {
  const { statement, interrupt } = request;
  const parsed = parseCursorMovement(statement.sql, session.tell);
  if (parsed === undefined) return undefined;
  const portal = session.portals.get(parsed.cursor);
  if (portal === undefined) throw noSuchCursor(parsed.cursor);
  const command = statement.keyword === 'MOVE' ? 'MOVE' : 'FETCH';
  const plan = planMovement(command, parsed.movement, portal.position);
  switch (plan.kind) {
    case 'back':
      // As with PostgreSQL, a FETCH that fails is the last one. Without NO SCROLL it would not have failed there, and what
      // outlives its transaction goes on.
      if (!(portal.held && portal.cursor?.noScroll === false)) await spoil(session, portal);
      throw forwardOnly(portal.name, portal.cursor?.scroll === true);
    case 'stay':
      if (portal.state.kind === 'lent' || (portal.state.kind === 'done' && portal.state.tag === null)) {
        throw cannotBeRun(portal.name);
      }
      return { kind: 'tag', tag: `MOVE ${plan.onRow ? 1 : 0}` };
    case 'forward': {
      if (portal.state.kind === 'bound') await runBound(session, portal, rowsAtOnce(plan, request), interrupt, run);
      if (portal.state.kind === 'done' && portal.state.tag !== null) return nothing(portal, command);
      if (portal.state.kind !== 'rows') throw cannotBeRun(portal.name);
      const lent = { ...portal.state, kind: 'lent' } as const;
      portal.state = lent;
      return command === 'MOVE'
        ? move(session, portal, lent, plan, interrupt)
        : fetch(session, portal, lent, plan, interrupt);
    }
  }
}

/** As many rows as can be read before other statements may have to run; 0 when that is all of them. */
function rowsAtOnce({ skip, take }: Forward, { maxRows = 0 }: StatementRequest): number {
  const wanted = Math.min(skip + take, maxRows > 0 ? maxRows : Number.POSITIVE_INFINITY);
  return Number.isFinite(wanted) ? Math.max(wanted, 1) : 0;
}

/** Runs what Bind made and no Execute has run, up to its first row. */
async function runBound(
  session: ClientSession,
  portal: Portal,
  maxRows: number,
  asking: Interrupt,
  run: InnerStatements['run'],
): Promise<void> {
  const { statement } = portal.prepared;
  portal.state = { kind: 'done', tag: null };
  if (statement === null || classifyStatement(statement) === 'noRows') throw cannotBeRun(portal.name);
  // Its own: it lives longer than the statement that fetches from it.
  const interrupt = new Interrupt();
  const unfollow = interrupt.follow(asking);
  try {
    const outcome = await run(portalRequest(portal, statement, maxRows, interrupt));
    await keepOutcome(session, portal, outcome, interrupt);
  } catch (error) {
    // It counts in the portal's text, the client in that of FETCH.
    throw withoutPosition(error);
  } finally {
    unfollow();
  }
}

/** What a FETCH reads from, where that is a portal that nobody has run: its statement says what the columns are. */
export function fetchedStatement(session: ClientSession, { keyword, sql }: Statement): PreparedStatement | undefined {
  if (keyword !== 'FETCH') return undefined;
  const parsed = parseCursorMovement(sql);
  const portal = parsed && session.portals.get(parsed.cursor);
  return portal?.state.kind === 'bound' ? portal.prepared : undefined;
}

/** Whether a statement is a FETCH from a portal of another one, directly or by others between. */
export function fetchesFrom(session: ClientSession, from: PreparedStatement, other: PreparedStatement): boolean {
  const seen = new Set<PreparedStatement>();
  for (let at: PreparedStatement | undefined = from; at?.statement && !seen.has(at); ) {
    if (at === other) return true;
    seen.add(at);
    at = fetchedStatement(session, at.statement);
  }
  return seen.has(other);
}

async function spoil(session: ClientSession, portal: Portal): Promise<void> {
  const { state } = portal;
  portal.state = { kind: 'done', tag: null };
  if (state.kind === 'rows') await closeRows(session, state.rows, state.interrupt);
}

/** The columns of what a FETCH gives, known without running it; null when there is no such cursor. */
export function fetchedColumns(session: ClientSession, sql: string): readonly FieldDescription[] | null | undefined {
  const parsed = parseCursorMovement(sql);
  return parsed === undefined ? undefined : (session.portals.get(parsed.cursor)?.columns ?? null);
}

async function move(
  session: ClientSession,
  portal: Portal,
  lent: LentState,
  plan: Forward,
  interrupt: Interrupt,
): Promise<Outcome> {
  const { skip, take } = plan;
  const { count } = await pass(portal, lent, skip + take, interrupt);
  giveBack(session, portal, lent);
  return { kind: 'tag', tag: `MOVE ${take === Number.POSITIVE_INFINITY ? count : Math.max(0, count - skip)}` };
}

async function fetch(
  session: ClientSession,
  portal: Portal,
  lent: LentState,
  plan: Forward,
  interrupt: Interrupt,
): Promise<Outcome> {
  await pass(portal, lent, plan.skip, interrupt);
  const unfollow = lent.interrupt.follow(interrupt);
  const rows = new FetchedRows(lent, plan.take, portal.position, (position) => {
    unfollow();
    portal.position = position;
    giveBack(session, portal, lent);
  });
  return { kind: 'rows', rows, simpleFormat: simpleFormat(portal) };
}

/** Passes over rows, for as long as nobody cancels the statement that asked for it. */
async function pass(portal: Portal, lent: LentState, wanted: number, interrupt: Interrupt) {
  const unfollow = lent.interrupt.follow(interrupt);
  try {
    const passed = await skipRows(lent.rows, portal.position.ended ? 0 : wanted, lent.interrupt);
    portal.position = advance(portal.position, passed.count, passed.ended);
    return passed;
  } finally {
    unfollow();
  }
}

/** The portal goes on, also by Execute, which wants the formats of its Bind. */
function giveBack(session: ClientSession, portal: Portal, { rows, interrupt }: LentState): void {
  startRows(session, portal, rows);
  portal.state = { kind: 'rows', rows, interrupt };
}

function nothing(portal: Portal, command: 'FETCH' | 'MOVE'): Outcome {
  if (command === 'MOVE') return { kind: 'tag', tag: 'MOVE 0' };
  const rows = encodedRowStream({ fields: portal.columns ?? [], rows: [], tag: 'FETCH 0' });
  return { kind: 'rows', rows, simpleFormat: simpleFormat(portal) };
}

function simpleFormat({ cursor }: Portal): Format {
  return cursor?.binary === true ? 'binary' : 'text';
}
