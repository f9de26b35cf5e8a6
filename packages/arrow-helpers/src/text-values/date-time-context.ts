import { defaultInputSettings, type InputSettings } from '../input-settings.js';

/** What time it is, in microseconds since 1970, for `now` and `today`. */
export type Clock = () => bigint;

/** What the text of a date or time leaves to the session that reads it. */
export interface DateTimeContext extends Pick<InputSettings, 'dateOrder' | 'timeZone'> {
  readonly clock: Clock;
}

/** `now` is one moment in all rows, as it is in a statement of PostgreSQL's; the first row that has it says which. */
export function stoppedClock(): Clock {
  let now: bigint | undefined;
  return () => {
    now ??= BigInt(Date.now()) * 1000n;
    return now;
  };
}

/** That of a session that has set nothing. */
export function defaultDateTimeContext(clock: Clock): DateTimeContext {
  return { ...defaultInputSettings, clock };
}
