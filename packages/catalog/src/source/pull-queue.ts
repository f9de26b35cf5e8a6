import { orAborted } from '../or-aborted.js';

/** Runs a pull; the signal aborts when nobody waits for it any more. */
export type RunPull<T> = (signal: AbortSignal) => Promise<T>;

/**
 * Shares pulls among those who need one that begins after they came: at most one runs, and one waits for it to end. A pull
 * that everybody has left is told to stop and counts as ended, whether or not it listens.
 */
export class PullQueue<T> {
  readonly #run: RunPull<T>;
  #running = false;
  #next: SharedPull<T> | undefined;

  constructor(run: RunPull<T>) {
    this.#run = run;
  }

  /** The outcome of a pull that begins after this call, or the signal's reason as soon as that aborts. */
  pull(signal: AbortSignal): Promise<T> {
    if (this.#next === undefined || this.#next.abandoned) this.#next = new SharedPull(this.#run);
    const outcome = this.#next.join(signal);
    if (!this.#running) this.#startNext();
    return outcome;
  }

  #startNext(): void {
    const pull = this.#next;
    if (pull === undefined) return;
    this.#next = undefined;
    this.#running = true;
    pull.start().then(() => {
      this.#running = false;
      this.#startNext();
    });
  }
}

/** One pull, and how many wait for it. */
class SharedPull<T> {
  readonly #abandon = new AbortController();
  readonly #outcome: Promise<T>;
  #start: () => void = () => {};
  #waiting = 0;
  #settled = false;

  constructor(run: RunPull<T>) {
    const { signal } = this.#abandon;
    const started = new Promise<void>((resolve) => {
      this.#start = resolve;
    });
    const ran = started.then(() => {
      signal.throwIfAborted();
      return run(signal);
    });
    this.#outcome = orAborted(ran, signal);
    const settle = (): void => {
      this.#settled = true;
    };
    this.#outcome.then(settle, settle);
  }

  /** Whether all who waited have left. */
  get abandoned(): boolean {
    return this.#abandon.signal.aborted;
  }

  /** Begins; settles when it has ended, well or not. */
  start(): Promise<void> {
    this.#start();
    return this.#outcome.then(
      () => {},
      () => {},
    );
  }

  async join(signal: AbortSignal): Promise<T> {
    this.#waiting += 1;
    try {
      return await orAborted(this.#outcome, signal);
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0 && !this.#settled) this.#abandon.abort(signal.reason);
    }
  }
}
