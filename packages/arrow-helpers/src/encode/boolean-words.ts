import type { Data } from 'apache-arrow';
import { isSet } from './column.js';
import type { ValueWriter } from './value-writer.js';
import { writeAscii } from './write-ascii.js';

/** The longer word. */
export const BOOLEAN_WORD_BYTES = 5;

/** Truth values as the words that they are when they are cast to text. */
export class BooleanWordWriter implements ValueWriter {
  readonly #bits: Uint8Array;
  readonly #offset: number;

  constructor(data: Data) {
    this.#bits = data.values;
    this.#offset = data.offset;
  }

  bound(): number {
    return 0;
  }

  write(index: number, target: Uint8Array, _view: DataView, position: number): number {
    return writeAscii(target, position, isSet(this.#bits, index + this.#offset) ? 'true' : 'false');
  }
}
