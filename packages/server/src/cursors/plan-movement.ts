import type { Movement } from './movement.js';
import type { Position } from './position.js';

/** How a movement is carried out over rows that only come forward; `back` when that cannot be. */
export type MovementPlan =
  | { readonly kind: 'forward'; readonly skip: number; readonly take: number }
  /** MOVE 0 tells whether the cursor is on a row, and goes nowhere. */
  | { readonly kind: 'stay'; readonly onRow: boolean }
  | { readonly kind: 'back' };

const back: MovementPlan = { kind: 'back' };

/**
 * What PostgreSQL does for a cursor with NO SCROLL: it goes back whenever a movement is not clearly a forward one, which
 * such a cursor refuses.
 */
export function planMovement(command: 'FETCH' | 'MOVE', { kind, count }: Movement, position: Position): MovementPlan {
  switch (kind) {
    case 'absolute':
      return planAbsolute(count, position);
    case 'relative':
      if (count > 0) return { kind: 'forward', skip: count - 1, take: 1 };
      return count < 0 ? back : planStay(command, position);
    case 'backward':
      // Of no rows it is a way back even from where there is no row to give again.
      return command === 'FETCH' && count === 0 ? back : planForward(command, -count, position);
    case 'forward':
      return planForward(command, count, position);
  }
}

function planForward(command: 'FETCH' | 'MOVE', count: number, position: Position): MovementPlan {
  if (count > 0) return { kind: 'forward', skip: 0, take: count };
  if (count === 0) return planStay(command, position);
  // MOVE BACKWARD ALL is a rewind, and that of a cursor at its beginning is nothing.
  return command === 'MOVE' && count === Number.NEGATIVE_INFINITY && isAtBeginning(position)
    ? { kind: 'stay', onRow: false }
    : back;
}

function planAbsolute(count: number, position: Position): MovementPlan {
  if (count < 0) return back;
  const target = Math.max(0, count - 1);
  const rewinds = count === 0 || target <= position.rows / 2;
  if (rewinds && !isAtBeginning(position)) return back;
  const reached = position.rows + (position.ended ? 1 : 0);
  if (!rewinds && count <= reached) return back;
  return { kind: 'forward', skip: target - (rewinds ? 0 : reached), take: Math.min(count, 1) };
}

/** Zero rows: FETCH gives the current row again, which means going back by one. */
function planStay(command: 'FETCH' | 'MOVE', position: Position): MovementPlan {
  const onRow = position.rows > 0 && !position.ended;
  if (command === 'MOVE') return { kind: 'stay', onRow };
  return onRow ? back : { kind: 'forward', skip: 0, take: 0 };
}

const isAtBeginning = ({ rows, ended }: Position): boolean => rows === 0 && !ended;
