import type { FieldDescription } from '@riffq/wire';
import { FetchedRows } from '../cursors/fetched-rows.js';
import { parseCursorMovement } from '../cursors/movement.js';
import { type MovementPlan, planMovement } from '../cursors/plan-movement.js';
import { advance } from '../cursors/position.js';
import { skipRows } from '../cursors/skip-rows.js';
import { cannotBeRun, forwardOnly, noSuchCursor } from '../errors/statement-errors.js';
import type { Interrupt } from '../interrupt.js';
import { encodedRowStream } from '../results/encoded-rows.js';
import type { Outcome } from '../results/normalise.js';
import { resolveFormats } from '../results/resolve-formats.js';
import type { ClientSession } from '../session/client-session.js';
import { closeRows } from '../session/close-rows.js';
import type { Portal } from '../session/prepared-statement.js';
import type { StatementRequest } from '../session/statement-request.js';

type Forward = Extract<MovementPlan, { kind: 'forward' }>;
type LentState = Extract<Portal['state'], { kind: 'rows' | 'lent' }>;

/** FETCH and MOVE, over what DECLARE or Bind made; undefined when it is neither, as PostgreSQL knows them. */
export async function fetchRows(session: ClientSession, request: StatementRequest): Promise<Outcome | undefined> {
  const { statement, interrupt } = request;
  const parsed = parseCursorMovement(statement.sql);
  if (parsed === undefined) return undefined;
  const portal = session.portals.get(parsed.cursor);
  if (portal === undefined) throw noSuchCursor(parsed.cursor);
  const command = statement.keyword === 'MOVE' ? 'MOVE' : 'FETCH';
  const plan = planMovement(command, parsed.movement, portal.position);
  switch (plan.kind) {
    case 'back':
      // As with PostgreSQL, a FETCH that fails is the last one.
      await spoil(session, portal);
      throw forwardOnly(portal.name, portal.cursor?.scroll === true);
    case 'stay':
      return { kind: 'tag', tag: `MOVE ${plan.onRow ? 1 : 0}` };
    case 'forward': {
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
  return { kind: 'rows', rows, simpleFormat: portal.cursor?.binary === true ? 'binary' : 'text' };
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
  rows.start(resolveFormats(portal.resultFormats, rows.fields.length), session.settingValues.output);
  portal.state = { kind: 'rows', rows, interrupt };
}

function nothing(portal: Portal, command: 'FETCH' | 'MOVE'): Outcome {
  if (command === 'MOVE') return { kind: 'tag', tag: 'MOVE 0' };
  return { kind: 'rows', rows: encodedRowStream({ fields: portal.columns ?? [], rows: [], tag: 'FETCH 0' }) };
}
