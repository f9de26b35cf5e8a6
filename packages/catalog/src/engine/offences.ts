import { endedTooOften } from '../errors.js';

const window = 60_000;
const atMost = 3;

/**
 * Remembers whose statements ended PostgreSQL: it takes a second to start again, and others wait for that. Whoever has done
 * it three times within a minute is refused until that minute is over.
 */
export class Offences {
  readonly #times = new Map<string, number[]>();

  /** @throws PgError 53400 */
  check(user: string): void {
    const times = this.#recent(user);
    if (times.length >= atMost) throw endedTooOften(window - (performance.now() - times[0]!));
  }

  /** A statement of the user has ended PostgreSQL. */
  note(user: string): void {
    for (const other of this.#times.keys()) if (this.#recent(other).length === 0) this.#times.delete(other);
    this.#times.set(user, [...this.#recent(user), performance.now()]);
  }

  #recent(user: string): readonly number[] {
    return (this.#times.get(user) ?? []).filter((time) => performance.now() - time < window);
  }
}
