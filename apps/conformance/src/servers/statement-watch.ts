import { EventEmitter, on } from 'node:events';

/** Tells when a server runs a statement. */
export class StatementWatch {
  readonly #events = new EventEmitter<{ started: [sql: string] }>();
  #last = '';

  started(sql: string): void {
    this.#last = sql;
    this.#events.emit('started', sql);
  }

  /** Settles when the last statement that was started, or a later one, has this text in it. */
  async until(text: string): Promise<void> {
    if (this.#last.includes(text)) {
      return;
    }
    for await (const [sql] of on(this.#events, 'started')) {
      if (String(sql).includes(text)) {
        return;
      }
    }
  }
}
