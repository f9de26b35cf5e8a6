/** After so many milliseconds half of what somebody used is forgotten. */
const halfLife = 10_000;
/** Milliseconds that make no difference. */
const nothing = 0.001;

/** Whose statement it is: everybody has a share of PostgreSQL, and within it so has each of their sessions. */
export interface Asker {
  /** The user, or the address of who has not shown who they are. */
  readonly holder: string;
  readonly session: string;
  /** It takes little, and comes before what may take much of the same holder. */
  readonly takesLittle?: boolean;
}

interface Used {
  readonly milliseconds: number;
  readonly noted: number;
}

interface Holder {
  all: Used;
  readonly sessions: Map<string, Used>;
}

/** How long whose statements ran lately. */
export class UsedTime {
  readonly #holders = new Map<string, Holder>();
  #swept = performance.now();

  /** A statement has run for so long. */
  add({ holder, session }: Asker, milliseconds: number): void {
    const now = performance.now();
    this.#sweep(now);
    const { all, sessions } = this.#holders.get(holder) ?? { all: undefined, sessions: new Map<string, Used>() };
    const add = (used: Used | undefined): Used => ({ milliseconds: left(used, now) + milliseconds, noted: now });
    sessions.set(session, add(sessions.get(session)));
    this.#holders.set(holder, { all: add(all), sessions });
  }

  /**
   * Negative when the first one has used less: of what the sessions of a holder have together, when the holders differ; else when it takes
   * less, or its session has used less.
   */
  compare(one: Asker, other: Asker): number {
    const now = performance.now();
    if (one.holder === other.holder) {
      const short = Number(other.takesLittle === true) - Number(one.takesLittle === true);
      return short !== 0 ? short : this.#ofSession(one, now) - this.#ofSession(other, now);
    }
    return left(this.#holders.get(one.holder)?.all, now) - left(this.#holders.get(other.holder)?.all, now);
  }

  /** Of a new session as much is expected as of the others: connecting again is of no advantage. */
  #ofSession({ holder, session }: Asker, now: number): number {
    const known = this.#holders.get(holder);
    if (known === undefined) return 0;
    const used = known.sessions.get(session);
    return used === undefined ? left(known.all, now) / known.sessions.size : left(used, now);
  }

  #sweep(now: number): void {
    if (now - this.#swept < halfLife) return;
    this.#swept = now;
    for (const [name, { all, sessions }] of this.#holders) {
      for (const [session, used] of sessions) if (left(used, now) < nothing) sessions.delete(session);
      if (left(all, now) < nothing || sessions.size === 0) this.#holders.delete(name);
    }
  }
}

function left(used: Used | undefined, now: number): number {
  return used === undefined ? 0 : used.milliseconds * 2 ** ((used.noted - now) / halfLife);
}
