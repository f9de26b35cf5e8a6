import { endedTooOften } from '../errors/engine-errors.js';
import { holderOf } from './holder.js';
import type { StatementSession } from './prologue.js';

const window = 60_000;
const atMost = 3;
/** Of an address, whose clients may be several users, or one who comes again under other names. */
const atMostOfAddress = 20;

type Offender = Pick<StatementSession, 'user' | 'strangersAddress'>;

/** What is counted of somebody, and how often it may be. */
interface Count {
  readonly by: 'user' | 'address';
  readonly name: string;
  readonly atMost: number;
}

/**
 * Remembers whose statements ended PostgreSQL, or ran until they had filled its memory for rows: it takes a second to start
 * again, or to fill that, and others wait for it. Whoever has done it three times within a minute is refused until that minute is
 * over. Who has not shown that they are the user is counted by the name at their address, so that others there go on, and all
 * of an address together, because names are free. There are no more of them than PostgreSQL can end in a minute.
 */
export class Offences {
  readonly #times = new Map<string, number[]>();

  /** @throws PgError 53400 */
  check(offender: Offender): void {
    for (const { by, name, atMost } of countsOf(offender)) {
      const times = this.#recent(name);
      if (times.length >= atMost) throw endedTooOften(by, window - (performance.now() - times.at(-atMost)!));
    }
  }

  /** Whether there are so many that {@link check} would refuse. */
  areTooMany(offender: Offender): boolean {
    return countsOf(offender).some(({ name, atMost }) => this.#recent(name).length >= atMost);
  }

  /** A statement has ended PostgreSQL, or gone on to its limits. */
  note(offender: Offender): void {
    for (const other of this.#times.keys()) if (this.#recent(other).length === 0) this.#times.delete(other);
    for (const { name } of countsOf(offender)) this.#times.set(name, [...this.#recent(name), performance.now()]);
  }

  #recent(name: string): readonly number[] {
    return (this.#times.get(name) ?? []).filter((time) => performance.now() - time < window);
  }
}

function countsOf({ user, strangersAddress }: Offender): readonly Count[] {
  const holder = holderOf({ user, strangersAddress });
  if (strangersAddress === undefined) return [{ by: 'user', name: holder, atMost }];
  return [
    { by: 'user', name: `${holder} user ${user}`, atMost },
    { by: 'address', name: holder, atMost: atMostOfAddress },
  ];
}
