import type { Statement } from './statement.js';

/** More texts than these are worth no memory: a client that puts values into its texts has ever new ones. */
const rememberedAtMost = 500;
/** UTF-16 units. */
const longestRemembered = 1000;

/** Texts of one statement that clients have sent before, taken apart: most programs send the same ones again and again. */
export class StatementCache {
  readonly #statements = new Map<string, Statement>();

  /** The statement that is all there is in a text, if it has been remembered. */
  get(text: string): Statement | undefined {
    return this.#statements.get(text);
  }

  /** Remembers the only statement of its text. */
  remember(statement: Statement): void {
    const { text } = statement;
    if (text.length > longestRemembered) return;
    if (this.#statements.size >= rememberedAtMost) this.#statements.clear();
    this.#statements.set(text, statement);
  }
}
