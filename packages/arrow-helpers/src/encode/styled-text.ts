/** Dates and timestamps in the styles that are not ISO. */
import type { Data, Date_, Timestamp } from 'apache-arrow';
import { DateUnit } from 'apache-arrow/enum';
import { DataType } from 'apache-arrow/type';
import type { OutputSettings } from '../output-settings.js';
import { type MomentStyle, styledDate, styledTimestamp } from '../text-output/styled-moment.js';
import { TimeZone } from '../time-zone/time-zone.js';
import { dayOfMilliseconds, finiteDay, infiniteSign } from './date.js';
import { writeInfinity } from './infinity.js';
import { MomentReader } from './moment-reader.js';
import type { ValueWriter } from './value-writer.js';
import { writeAscii } from './write-ascii.js';

/** More than the longest date or timestamp takes in any style. */
export const STYLED_TEXT_BYTES = 64;

/** Dates. */
export class StyledDateWriter implements ValueWriter {
  readonly #values: DataView;
  readonly #inDays: boolean;
  readonly #style: MomentStyle;

  constructor(data: Data, { unit }: Date_, style: MomentStyle) {
    const stored: ArrayBufferView = data.values;
    this.#values = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
    this.#inDays = unit === DateUnit.DAY;
    this.#style = style;
  }

  bound(): number {
    return 0;
  }

  write(index: number, target: Uint8Array, _view: DataView, position: number): number {
    const stored = this.#inDays ? this.#values.getInt32(index * 4, true) : this.#milliseconds(index);
    const sign = infiniteSign(stored);
    if (sign !== 0) return writeInfinity(target, position, sign < 0);
    return writeAscii(target, position, styledDate(finiteDay(stored), this.#style));
  }

  #milliseconds(index: number): number {
    return dayOfMilliseconds(this.#values.getInt32(index * 8 + 4, true), this.#values.getInt32(index * 8, true));
  }
}

/** Timestamps. */
export class StyledTimestampWriter implements ValueWriter {
  readonly #moments: MomentReader;
  readonly #zone: TimeZone | undefined;
  readonly #style: MomentStyle;

  constructor(data: Data, type: Timestamp, settings: OutputSettings) {
    this.#moments = new MomentReader(data, type);
    this.#zone = DataType.isTimestamp(type) && type.timezone ? TimeZone.of(settings.timeZone) : undefined;
    this.#style = settings;
  }

  bound(): number {
    return 0;
  }

  write(index: number, target: Uint8Array, _view: DataView, position: number): number {
    const infinity = this.#moments.read(index);
    if (infinity !== 0) return writeInfinity(target, position, infinity < 0);
    const { second, microseconds } = this.#moments;
    return writeAscii(target, position, styledTimestamp(second, microseconds, this.#style, this.#zone));
  }
}
