/** The part of a text that is a time of day. */
import { roundHalfEven } from '../text-output/rounding.js';
import type { DateTimeFault } from './date-time-fault.js';

/** A time as clocks show it, of at most twelve or 24 hours. */
export interface ClockTime {
  /** Since midnight. */
  readonly seconds: number;
  readonly microseconds: number;
  /** Of digits without separators: a minute or second that no hour or minute has. */
  readonly isOdd?: boolean;
}

const WITH_COLONS = /^(\d+):(\d*)(?::(\d*))?(\.\d*)?$/;

/** `12:30`, `12:30:15.5`; `30:15.5` has no hour, `12:30:.5` no digits of a second. */
export function readClockToken(text: string): ClockTime | DateTimeFault {
  const match = WITH_COLONS.exec(text);
  if (match === null) return 'malformed';
  const [, first = '', second = '', third, fraction] = match;
  if (third === undefined && fraction !== undefined) return clockTime('0', first, second, fraction);
  return clockTime(first, second, third ?? '', fraction);
}

function clockTime(hours: string, minutes: string, seconds: string, fraction = ''): ClockTime | DateTimeFault {
  const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds)];
  if (minute > 59 || second > 60) return 'field out of range';
  const microseconds = roundHalfEven(Number(`0${fraction}`) * 1e6);
  return { seconds: hour * 3600 + minute * 60 + second, microseconds };
}
