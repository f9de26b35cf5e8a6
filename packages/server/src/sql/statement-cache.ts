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

  /**
   * The statement that is all there is in a text, taken apart if it has not been remembered; else how many there are.
   *
   * @param escapes - whether a backslash escapes in any string: then a text with one is nothing to remember
   */
  only(text: string, escapes = false): Statement | 'none' | 'several' {
    if (escapes && text.includes('\\')) return onlyStatement(text, escapes);
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const statement = onlyStatement(text, false);
    if (typeof statement === 'object') this.#remember(statement);
    return statement;
  }

  #remember(statement: Statement): void {
    const { text } = statement;
    if (text.length > longestRemembered) return;
    if (this.#statements.size >= rememberedAtMost) this.#statements.clear();
    this.#statements.set(text, statement);
  }
}

function onlyStatement(text: string, escapes: boolean): Statement | 'none' | 'several' {
  const statements = splitStatements(text, escapes);
  const { value: statement } = statements.next();
  if (statement === undefined) return 'none';
  return statements.next().done ? statement : 'several';
}
