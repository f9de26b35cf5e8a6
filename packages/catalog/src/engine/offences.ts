import { endedTooOften } from '../errors/engine-errors.js';
import type { StatementSession } from './prologue.js';

const window = 60_000;
const atMost = 3;

type Offender = Pick<StatementSession, 'user' | 'strangersAddress'>;

/**
 * Remembers whose statements ended PostgreSQL: it takes a second to start again, and others wait for that. Whoever has done
 * it three times within a minute is refused until that minute is over. There are no more of them than PostgreSQL can end in
 * a minute.
 */
export class Offences {
  readonly #times = new Map<string, number[]>();

  /** @throws PgError 53400 */
  check(offender: Offender): void {
    const times = this.#recent(nameOf(offender));
    const by = offender.strangersAddress === undefined ? 'user' : 'address';
    if (times.length >= atMost) throw endedTooOften(by, window - (performance.now() - times[0]!));
  }

  /** A statement has ended PostgreSQL. */
  note(offender: Offender): void {
    for (const other of this.#times.keys()) if (this.#recent(other).length === 0) this.#times.delete(other);
    const name = nameOf(offender);
    this.#times.set(name, [...this.#recent(name), performance.now()]);
  }

  #recent(name: string): readonly number[] {
    return (this.#times.get(name) ?? []).filter((time) => performance.now() - time < window);
  }
}

/** Anybody may give the name of a user who is not asked to prove it. */
function nameOf({ user, strangersAddress }: Offender): string {
  return strangersAddress === undefined ? `user ${user}` : `address ${strangersAddress}`;
}
