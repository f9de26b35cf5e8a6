import type { Data, Timestamp } from 'apache-arrow';
import { copyDay, makeDayText, setDay, writeBeforeChrist } from '../text-output/calendar.js';
import { writeClock } from '../text-output/clock.js';
import { TIMESTAMP_TEXT_BYTES } from '../text-output/moment-text.js';
import { ZONE_OFFSET_BYTES, zoneOffset } from '../text-output/zone-offset.js';
import { TimeZone } from '../time-zone/time-zone.js';
import { writeInfinity } from './infinity.js';
import { MomentReader } from './moment-reader.js';
import type { ValueWriter } from './value-writer.js';

/** Bytes of the longest timestamp with an offset. */
export const ZONED_TEXT_BYTES = TIMESTAMP_TEXT_BYTES + ZONE_OFFSET_BYTES;

const SECONDS_PER_DAY = 86_400;

/** Timestamps with zone in ISO style, in another zone than UTC. */
export class ZonedTextWriter implements ValueWriter {
  readonly #moments: MomentReader;
  readonly #zone: TimeZone;
  readonly #day = makeDayText();
  #offset = 0;
  #offsetText = zoneOffset(0);

  constructor(data: Data, type: Timestamp, timeZone: string) {
    this.#moments = new MomentReader(data, type);
    this.#zone = TimeZone.of(timeZone);
  }

  bound(): number {
    return 0;
  }

  write(index: number, target: Uint8Array, view: DataView, position: number): number {
    const infinity = this.#moments.read(index);
    if (infinity !== 0) return writeInfinity(target, position, infinity < 0);
    const offset = this.#zone.offsetAt(this.#moments.second);
    if (offset !== this.#offset) {
      this.#offset = offset;
      this.#offsetText = zoneOffset(offset);
    }
    const second = this.#moments.second + offset;
    const day = Math.floor(second / SECONDS_PER_DAY);
    if (day !== this.#day.day) setDay(this.#day, day);
    let end = copyDay(target, view, position, this.#day);
    target[end] = 0x20;
    end = writeClock(target, view, end + 1, second - day * SECONDS_PER_DAY, this.#moments.microseconds);
    for (let at = 0; at < this.#offsetText.length; at++) target[end++] = this.#offsetText.charCodeAt(at);
    return this.#day.beforeChrist ? writeBeforeChrist(target, end) : end;
  }
}
