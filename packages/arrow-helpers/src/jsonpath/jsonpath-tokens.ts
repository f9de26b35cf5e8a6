import type { PgError } from '@riffq/wire';
import { syntaxError } from './jsonpath-error.js';
import { JsonpathScanner, type JsonpathToken } from './jsonpath-scanner.js';

/**
 * The words of a jsonpath, taken one after another. PostgreSQL reads one only when what may come next depends on it: what is
 * wrong first is told first.
 */
export class JsonpathTokens {
  readonly #scanner: JsonpathScanner;
  #ahead: JsonpathToken | undefined;

  constructor(text: string) {
    this.#scanner = new JsonpathScanner(text);
  }

  get next(): JsonpathToken {
    this.#ahead ??= this.#scanner.next();
    return this.#ahead;
  }

  is(type: string): boolean {
    return this.next.type === type;
  }

  take(): JsonpathToken {
    const token = this.next;
    this.#ahead = undefined;
    return token;
  }

  takes(type: string): boolean {
    const found = this.is(type);
    if (found) this.#ahead = undefined;
    return found;
  }

  /** @throws PgError 42601 for a word of another type */
  expect(...types: readonly string[]): JsonpathToken {
    if (types.includes(this.next.type)) return this.take();
    throw this.unexpected();
  }

  /** What the next word is, where it cannot stand. */
  unexpected(): PgError {
    return syntaxError('syntax error', this.next.near);
  }
}
