import type { StatementClock } from '../catalog-session.js';

/** The clocks of all statements that wait for PostgreSQL, or run: they stand while it starts. */
export class StatementClocks {
  readonly #clocks = new Set<StatementClock>();

  /** A statement comes; the function given back ends it. */
  join(clock: StatementClock, standing: boolean): () => void {
    this.#clocks.add(clock);
    if (standing) clock.stop();
    else clock.restart();
    return () => this.#clocks.delete(clock);
  }

  stop(): void {
    for (const clock of this.#clocks) clock.stop();
  }

  restart(): void {
    for (const clock of this.#clocks) clock.restart();
  }
}
