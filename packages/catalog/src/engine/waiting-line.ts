/** Knows who waits for PostgreSQL, and since when; tells when somebody has waited too long. */
export class WaitingLine {
  readonly #patience: number;
  readonly #onImpatient: () => void;
  #impatient = 0;

  /** @param patience - milliseconds after which `onImpatient` is called */
  constructor(patience: number, onImpatient: () => void) {
    this.#patience = patience;
    this.#onImpatient = onImpatient;
  }

  /** Whether somebody has waited too long and still waits. */
  get isImpatient(): boolean {
    return this.#impatient > 0;
  }

  /** Somebody begins to wait; the function given back ends it. */
  join(): () => void {
    let isImpatient = false;
    const timer = setTimeout(() => {
      isImpatient = true;
      this.#impatient += 1;
      this.#onImpatient();
    }, this.#patience).unref();
    let left = false;
    return () => {
      if (left) return;
      left = true;
      clearTimeout(timer);
      if (isImpatient) this.#impatient -= 1;
    };
  }
}
