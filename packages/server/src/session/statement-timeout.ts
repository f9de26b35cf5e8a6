import type { Awaitable } from '../awaitable.js';
import { statementTimeout } from '../errors.js';
import type { Interrupt } from '../interrupt.js';
import { toBaseUnit } from '../settings/setting-unit.js';
import type { ClientSession } from './client-session.js';

/** Runs a statement within the session's `statement_timeout`; after it the statement ends with 57014. */
export function withStatementTimeout<T>(
  session: ClientSession,
  interrupt: Interrupt,
  work: () => Awaitable<T>,
): Awaitable<T> {
  const setting = session.settingValues.get('statement_timeout');
  return setting === undefined || setting === '0' ? work() : limited(interrupt, milliseconds(setting), work);
}

async function limited<T>(interrupt: Interrupt, timeout: number, work: () => Awaitable<T>): Promise<T> {
  const timer = setTimeout(() => interrupt.abort(statementTimeout()), timeout);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}

/** Of a duration as SHOW tells it: `500ms`, `2min`. */
function milliseconds(setting: string): number {
  const [, number = '0', unit = ''] = /^(\d+)(\D*)$/.exec(setting) ?? [];
  return toBaseUnit(Number(number), unit === '' ? 'ms' : unit, 'ms') ?? 0;
}
