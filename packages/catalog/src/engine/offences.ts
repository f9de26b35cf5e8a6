import { endedTooOften } from '../errors/engine-errors.js';
import { holderOf } from './holder.js';
import type { StatementSession } from './prologue.js';

const window = 60_000;
const atMost = 3;

type Offender = Pick<StatementSession, 'user' | 'strangersAddress'>;

/**
 * Remembers whose statements ended PostgreSQL, or ran until they had filled its memory for rows: it takes a second to start
 * again, or to fill that, and others wait for it. Whoever has done it three times within a minute is refused until that minute is
 * over. There are no more of them than PostgreSQL can end in a minute.
 */
export class Offences {
  readonly #times = new Map<string, number[]>();

  /** @throws PgError 53400 */
  check(offender: Offender): void {
    const times = this.#recent(holderOf(offender));
    const by = offender.strangersAddress === undefined ? 'user' : 'address';
    if (times.length >= atMost) throw endedTooOften(by, window - (performance.now() - times[0]!));
  }

  /** A statement has ended PostgreSQL, or gone on to its limits. */
  note(offender: Offender): void {
    for (const other of this.#times.keys()) if (this.#recent(other).length === 0) this.#times.delete(other);
    const name = holderOf(offender);
    this.#times.set(name, [...this.#recent(name), performance.now()]);
  }

  #recent(name: string): readonly number[] {
    return (this.#times.get(name) ?? []).filter((time) => performance.now() - time < window);
  }
}
