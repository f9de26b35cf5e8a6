/** Kinds of results that a program can have before the oldest is forgotten. */
const MOST_FUNCTIONS = 200;

/** A process may forbid generated code: `--disallow-code-generation-from-strings`. */
let isForbidden = false;

/** Functions made of text, each for what its key says, and kept: a function that is called again is warm already. */
export class GeneratedFunctions<Made> {
  readonly #made = new Map<string, Made>();

  /** Whether there is none, so that nobody has to look for one. */
  get isEmpty(): boolean {
    return this.#made.size === 0;
  }

  /** One that was made before. */
  known(key: string): Made | undefined {
    return this.#made.get(key);
  }

  /**
   * The one of the key; undefined where generated code is forbidden.
   *
   * @param source - the body of a function that returns it; nothing but what the program itself has written may be in it
   * @param names - what it can call
   */
  make(key: string, source: () => string, names: Readonly<Record<string, unknown>> = {}): Made | undefined {
    const known = this.#made.get(key);
    if (known !== undefined || isForbidden) return known;
    let made: Made;
    try {
      made = new Function(...Object.keys(names), source())(...Object.values(names));
    } catch (error) {
      if (!(error instanceof EvalError)) throw error;
      isForbidden = true;
      return undefined;
    }
    for (const oldest of this.#made.keys()) if (this.#made.size >= MOST_FUNCTIONS) this.#made.delete(oldest);
    this.#made.set(key, made);
    return made;
  }
}
