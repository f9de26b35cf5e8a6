import { type CopyOptions, CopyRowEncoder, type CopyTable, type OutputSettings } from '@riffq/arrow-helpers';
import type { FieldDescription } from '@riffq/wire';
import { disown } from '../awaitable.js';
import type { AnyIterable } from '../query-result.js';
import { type ColumnConversion, columnConversions } from './column-conversions.js';
import { dataRowValues } from './data-row-values.js';
import { MessageBuffer } from './message-buffer.js';
import { openIterator } from './open-iterator.js';
import { PulledSource } from './pulled-source.js';
import type { CopyableRows, CopyFrame, Format } from './row-stream.js';

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
export class MessageStream<T> implements CopyableRows {
  readonly fields: readonly FieldDescription[];
  readonly tag: (count: number) => string;
  /** Its item is what the messages were made of. */
  readonly #source: PulledSource<T>;
  readonly #encode: MessageStreamContent<T>['encode'];
  #messages: MessageBuffer;
  #copy: CopyRowEncoder | undefined;
  #conversions: readonly (ColumnConversion | null)[] | undefined;

  constructor({ fields, tag, type, source, encode }: MessageStreamContent<T>) {
    this.fields = fields;
    this.tag = tag;
    this.#source = new PulledSource(openIterator(source), (item) => {
      try {
        this.#setMessages(item);
      } catch (error) {
        disown(item);
        disown(source);
        throw error;
      }
    });
    this.#encode = encode;
    this.#messages = new MessageBuffer(type);
  }

  start(formats: readonly Format[], settings: OutputSettings): void {
    const conversions = columnConversions(this.fields, formats, settings);
    const isSame = conversions === undefined && this.#conversions === undefined;
    this.#conversions = conversions;
    const left = this.#messages.count;
    const { item } = this.#source;
    if (isSame || left === 0 || item === undefined) return;
    this.#messages.set(this.#encode(item.value, conversions));
    this.#messages.skip(this.#messages.count - left);
  }

  startCopy(options: CopyOptions, settings: OutputSettings, table?: CopyTable): CopyFrame {
    this.#conversions = columnConversions(
      this.fields,
      this.fields.map(() => (options.format === 'binary' ? 'binary' : 'text')),
      settings,
    );
    this.#copy = new CopyRowEncoder(this.fields, options, table);
    this.#messages = new MessageBuffer('CopyData');
    return this.#copy;
  }

  get available(): number {
    return this.#messages.count;
  }

  pull(): boolean | Promise<boolean> {
    return this.#source.pull();
  }

  fill(target: Uint8Array<ArrayBuffer>, offset: number, maxRows: number): number {
    return this.#messages.fill(target, offset, maxRows);
  }

  nextRowSize(): number {
    return this.#messages.nextSize;
  }

  hold(limit: number): Promise<number> {
    return this.#source.hold(sizeOfItem, limit);
  }

  close(): Promise<void> {
    return this.#source.close();
  }

  #setMessages(item: T): void {
    const messages = this.#encode(item, this.#conversions);
    this.#messages.set(this.#copy === undefined ? messages : this.#copyData(messages, this.#copy));
  }

  #copyData(messages: Uint8Array, encoder: CopyRowEncoder): Uint8Array {
    new MessageBuffer('DataRow').set(messages);
    return Buffer.concat(Array.from(dataRowValues(messages, this.fields.length), (values) => encoder.encode(values)));
  }
}

/** The bytes of what a source gives, encoded or still as values of a row. */
function sizeOfItem(item: unknown): number {
  if (typeof item === 'string' || item instanceof Uint8Array) return item.length;
  return Array.isArray(item) ? item.reduce((size: number, value) => size + sizeOfItem(value), 0) : 0;
}
