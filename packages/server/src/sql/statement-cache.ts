import { type Statement, splitStatements } from './statement.js';

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

  /** The statement that is all there is in a text, taken apart if it has not been remembered; else how many there are. */
  only(text: string): Statement | 'none' | 'several' {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const statements = splitStatements(text);
    const { value: statement } = statements.next();
    if (statement === undefined) return 'none';
    if (!statements.next().done) return 'several';
    this.#remember(statement);
    return statement;
  }

  #remember(statement: Statement): void {
    const { text } = statement;
    if (text.length > longestRemembered) return;
    if (this.#statements.size >= rememberedAtMost) this.#statements.clear();
    this.#statements.set(text, statement);
  }
}
