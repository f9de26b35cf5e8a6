/**
 * Intervals of ISO 8601, as DecodeISO8601Interval reads them: with designators (`P1Y2M-3DT4H5M6.789S`) and in the alternative
 * form (`P0001-02-03T04:05:06`, `P00010203T040506`).
 */
import type { IntervalParts } from '../text-output/interval-span.js';
import { type IntervalFault, IntervalSum, type IntervalUnit } from './interval-sum.js';
import { intervalUnits } from './interval-units.js';

const { year, month, week, day, hour, minute, second } = intervalUnits;

const dateUnits: ReadonlyMap<string, IntervalUnit> = new Map<string, IntervalUnit>([
  ['Y', year],
  ['M', month],
  ['W', week],
  ['D', day],
]);
const timeUnits: ReadonlyMap<string, IntervalUnit> = new Map<string, IntervalUnit>([
  ['H', hour],
  ['M', minute],
  ['S', second],
]);

const NUMBER = /-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
/** Numbers beyond have no exact whole part. */
const LARGEST = 1e15;

/** A number of a field, with what stands behind it. */
interface Amount {
  readonly whole: bigint;
  readonly fraction: number;
  /** Digits before a point. */
  readonly width: number;
}

export function readIsoInterval(text: string): IntervalParts | IntervalFault {
  if (text.length < 2 || !text.startsWith('P')) return 'malformed';
  return new IsoInterval(text).read();
}

class IsoInterval {
  readonly #sum = new IntervalSum();
  #at = 1;
  #inDate = true;
  #hasField = false;

  constructor(private readonly text: string) {}

  read(): IntervalParts | IntervalFault {
    while (this.#at < this.text.length) {
      if (this.text[this.#at] === 'T') {
        this.#beginTime();
        continue;
      }
      const fault = this.#field();
      if (fault !== undefined) return fault;
      this.#hasField = true;
    }
    return this.#sum.parts();
  }

  #beginTime(): void {
    this.#at += 1;
    this.#inDate = false;
    this.#hasField = false;
  }

  #field(): IntervalFault | undefined {
    const amount = this.#number();
    if (typeof amount === 'string') return amount;
    const next = this.text[this.#at] ?? '';
    const unit = (this.#inDate ? dateUnits : timeUnits).get(next);
    if (unit !== undefined) {
      this.#at += 1;
      return this.#add(amount.whole, amount.fraction, unit);
    }
    // Anything else belongs to the alternative form, which has no other fields beside it.
    if (this.#hasField || !(next === '' || next === (this.#inDate ? '-' : ':') || (this.#inDate && next === 'T'))) {
      return 'malformed';
    }
    return this.#inDate ? this.#dateInOrder(amount, next) : this.#timeInOrder(amount, next);
  }

  #dateInOrder({ whole, fraction, width }: Amount, next: string): IntervalFault | undefined {
    if (width === 8 && next !== '-') {
      return (
        this.#add(whole / 10_000n, 0, year) ??
        this.#add((whole / 100n) % 100n, 0, month) ??
        this.#add(whole % 100n, fraction, day)
      );
    }
    return this.#inOrder({ whole, fraction }, [year, month, day], '-');
  }

  #timeInOrder({ whole, fraction, width }: Amount, next: string): IntervalFault | undefined {
    if (width === 6 && next !== ':') {
      const microseconds: IntervalUnit = { kind: 'time', microseconds: 1 };
      return (
        this.#add(whole / 10_000n, 0, hour) ??
        this.#add((whole / 100n) % 100n, 0, minute) ??
        this.#add(whole % 100n, 0, second) ??
        this.#add(0n, fraction, microseconds)
      );
    }
    return this.#inOrder({ whole, fraction }, [hour, minute, second], ':');
  }

  /** Fields with a separator between them, up to the end or, of a date, to its time. */
  #inOrder(
    first: Pick<Amount, 'whole' | 'fraction'>,
    units: readonly IntervalUnit[],
    separator: string,
  ): IntervalFault | undefined {
    let amount = first;
    for (const unit of units) {
      const fault = this.#add(amount.whole, amount.fraction, unit);
      if (fault !== undefined) return fault;
      const next = this.text[this.#at];
      if (next === undefined || (next === 'T' && separator === '-')) return undefined;
      if (next !== separator || unit === units.at(-1)) return 'malformed';
      this.#at += 1;
      const read = this.#number();
      if (typeof read === 'string') return read;
      amount = read;
    }
    return undefined;
  }

  #add(whole: bigint, fraction: number, unit: IntervalUnit): IntervalFault | undefined {
    return this.#sum.add(whole, fraction, unit) ? undefined : 'field out of range';
  }

  #number(): Amount | IntervalFault {
    NUMBER.lastIndex = this.#at;
    const written = NUMBER.exec(this.text)?.[0];
    if (written === undefined) return 'malformed';
    this.#at += written.length;
    const value = Number(written);
    if (!Number.isFinite(value)) return 'malformed';
    if (Math.abs(value) > LARGEST) return 'field out of range';
    const whole = Math.trunc(value);
    return { whole: BigInt(whole), fraction: value - whole, width: /\d*/.exec(written.replace('-', ''))![0].length };
  }
}
