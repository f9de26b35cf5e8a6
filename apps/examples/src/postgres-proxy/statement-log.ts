import type { Session } from '@riffq/server';
import { formatStatement } from './format-statement.js';

/** Prints the statements that come by, never their parameters. */
export class StatementLog {
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  statement(session: Session, sql: string): void {
    const who = `${session.user}@${session.database} [${session.connectionId}]`;
    const text = formatStatement(sql, session.settings.get('standard_conforming_strings') === 'off');
    this.#write(`${new Date().toISOString()} ${who}\n${text.replace(/^/gm, '  ')}\n`);
  }
}
