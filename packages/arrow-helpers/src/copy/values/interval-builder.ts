import type { PgError } from '@riffq/wire';
import type { Duration, Interval } from 'apache-arrow';
import type { InputSettings } from '../../input-settings.js';
import type { IntervalStyle } from '../../output-settings.js';
import { dateTimeOutOfRange } from '../../text-values/date-time-error.js';
import { readInterval } from '../../text-values/interval-text.js';
import { type IntervalLayout, intervalLayout } from '../../to-arrow/store-interval.js';
import { tooShort } from '../../type-functions/input-error.js';
import { checkBinaryLength } from './check-binary-length.js';
import { FixedWidthBuilder } from './fixed-width-builder.js';

const POSTGRES_BYTES = 16;

/** Intervals of all units, and durations. */
export class IntervalBuilder extends FixedWidthBuilder {
  readonly #layout: IntervalLayout;
  readonly #style: IntervalStyle;

  constructor(type: Interval | Duration, { intervalStyle }: InputSettings) {
    const layout = intervalLayout(type);
    super(type, layout.bytes);
    this.#layout = layout;
    this.#style = intervalStyle;
  }

  setText(row: number, bytes: Buffer, start: number, end: number): void {
    const text = bytes.toString('utf8', start, end);
    if (!this.#layout.store(readInterval(text, this.#style), this.values, row * this.bytes))
      throw this.#noSuchInterval(text);
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    if (end - start < POSTGRES_BYTES) throw tooShort();
    const parts = {
      microseconds: bytes.readBigInt64BE(start),
      days: bytes.readInt32BE(start + 8),
      months: bytes.readInt32BE(start + 12),
    };
    if (!this.#layout.store(parts, this.values, row * this.bytes)) throw this.#noSuchInterval();
    checkBinaryLength(start, end, POSTGRES_BYTES);
  }

  /** The interval is PostgreSQL's, but not the column's. */
  #noSuchInterval(text?: string): PgError {
    return dateTimeOutOfRange('interval', text, this.#layout.hint);
  }
}
