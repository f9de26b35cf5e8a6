import type { FieldDescription } from '@riffq/wire';
import { type ColumnConversion, columnConversions } from '../conversion/column-conversions.js';
import type { AnyIterable } from '../query-result.js';
import { MessageBuffer } from './message-buffer.js';
import { openIterator } from './open-iterator.js';
import type { Format, RowStream } from './row-stream.js';

/** What a message stream is made of. */
export interface MessageStreamContent<T> {
  readonly fields: readonly FieldDescription[];
  readonly tag: (count: number) => string;
  readonly type: 'DataRow' | 'CopyData';
  readonly source: AnyIterable<T>;
  /** Makes whole messages of what the source gives. */
  readonly encode: (item: T, conversions: readonly (ColumnConversion | null)[] | undefined) => Uint8Array;
}

/** Messages that a handler's source gives, or that are made of what it gives, one or several at a time. */
export class MessageStream<T> implements RowStream {
  readonly fields: readonly FieldDescription[];
  readonly tag: (count: number) => string;
  readonly #source: Iterator<T> | AsyncIterator<T>;
  readonly #encode: MessageStreamContent<T>['encode'];
  readonly #messages: MessageBuffer;
  #conversions: readonly (ColumnConversion | null)[] | undefined;
  #ended = false;

  constructor({ fields, tag, type, source, encode }: MessageStreamContent<T>) {
    this.fields = fields;
    this.tag = tag;
    this.#source = openIterator(source);
    this.#encode = encode;
    this.#messages = new MessageBuffer(type);
  }

  start(formats: readonly Format[]): void {
    this.#conversions = columnConversions(this.fields, formats);
  }

  get available(): number {
    return this.#messages.count;
  }

  pull(): boolean | Promise<boolean> {
    if (this.#ended) return false;
    const next = this.#source.next();
    return 'then' in next ? next.then((result) => this.#accept(result)) : this.#accept(next);
  }

  fill(target: Uint8Array<ArrayBuffer>, offset: number, maxRows: number): number {
    return this.#messages.fill(target, offset, maxRows);
  }

  nextRowSize(): number {
    return this.#messages.nextSize;
  }

  async close(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#source.return?.();
  }

  #accept(result: IteratorResult<T, unknown>): boolean {
    if (result.done) {
      this.#ended = true;
      return false;
    }
    this.#messages.set(this.#encode(result.value, this.#conversions));
    return true;
  }
}
