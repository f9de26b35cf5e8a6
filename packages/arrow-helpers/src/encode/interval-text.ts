import type { Data } from 'apache-arrow';
import type { IntervalStyle } from '../output-settings.js';
import { intervalText } from '../text-output/interval-text.js';
import { type IntervalReader, interval, intervalReader } from './interval-parts.js';
import type { ValueWriter } from './value-writer.js';
import { writeAscii } from './write-ascii.js';

/** More than the longest interval takes in any style. */
export const INTERVAL_TEXT_BYTES = 120;

/** Writes intervals as text. */
export class IntervalTextWriter implements ValueWriter {
  readonly #read: IntervalReader;
  readonly #style: IntervalStyle;

  constructor(data: Data, style: IntervalStyle, typeModifier?: number) {
    this.#read = intervalReader(data, typeModifier);
    this.#style = style;
  }

  bound(): number {
    return 0;
  }

  write(index: number, target: Uint8Array, _view: DataView, position: number): number {
    this.#read(index);
    return writeAscii(target, position, intervalText(interval, this.#style));
  }
}
