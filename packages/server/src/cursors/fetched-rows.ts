import type { OutputSettings } from '@riffq/arrow-helpers';
import type { FieldDescription } from '@riffq/wire';
import type { Interrupt } from '../interrupt.js';
import type { Format, RowStream } from '../results/row-stream.js';
import { advance, type Position } from './position.js';
import { skipRows } from './skip-rows.js';

/** Some rows of a cursor, pulled from its own stream no faster than they are read. */
export class FetchedRows implements RowStream {
  readonly fields: readonly FieldDescription[];
  readonly #rows: RowStream;
  readonly #interrupt: Interrupt;
  readonly #onEnd: (position: Position) => void;
  #left: number;
  #position: Position;
  #state: 'new' | 'started' | 'failed' | 'ended' = 'new';

  /** `onEnd` is called once with the position reached, unless reading failed. */
  constructor(
    { rows, interrupt }: { readonly rows: RowStream; readonly interrupt: Interrupt },
    count: number,
    position: Position,
    onEnd: (position: Position) => void,
  ) {
    this.fields = rows.fields;
    this.#rows = rows;
    this.#interrupt = interrupt;
    this.#left = position.ended ? 0 : count;
    this.#position = position;
    this.#onEnd = onEnd;
  }

  readonly tag = (count: number): string => `FETCH ${count}`;

  start(formats: readonly Format[], settings: OutputSettings): void {
    this.#rows.start(formats, settings);
    this.#state = 'started';
  }

  get available(): number {
    return Math.min(this.#rows.available, this.#left);
  }

  pull(): boolean | Promise<boolean> {
    if (this.#left === 0) return this.#finish();
    const more = this.#pull();
    return typeof more === 'boolean' ? more || this.#exhaust() : more.then((pulled) => pulled || this.#exhaust());
  }

  fill(target: Uint8Array<ArrayBuffer>, offset: number, maxRows: number): number {
    const before = this.#rows.available;
    const end = this.#rows.fill(target, offset, Math.min(maxRows, this.#left));
    const count = before - this.#rows.available;
    this.#left -= count;
    this.#position = advance(this.#position, count, false);
    return end;
  }

  nextRowSize(): number {
    return this.#rows.nextRowSize();
  }

  hold(limit: number): Promise<number> {
    return this.#rows.hold(limit);
  }

  /** The cursor goes on behind the rows that were asked for, read or not. */
  async close(): Promise<void> {
    if (this.#state === 'started' && this.#interrupt.reason === undefined) {
      const { count, ended } = await skipRows(this.#rows, this.#left, this.#interrupt);
      this.#position = advance(this.#position, count, ended);
    }
    if (this.#state !== 'failed') this.#finish();
  }

  #pull(): boolean | Promise<boolean> {
    const fail = (error: unknown): never => {
      this.#state = 'failed';
      throw error;
    };
    try {
      const more = this.#rows.pull();
      return typeof more === 'boolean' ? more : more.catch(fail);
    } catch (error) {
      return fail(error);
    }
  }

  #exhaust(): false {
    this.#left = 0;
    this.#position = advance(this.#position, 0, true);
    return this.#finish();
  }

  #finish(): false {
    if (this.#state === 'ended') return false;
    this.#state = 'ended';
    this.#onEnd(this.#position);
    return false;
  }
}
