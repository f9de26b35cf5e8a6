import type { BufferReader } from '@riffq/wire';
import { defaultInputSettings, type InputSettings } from '../input-settings.js';
import type { Clock } from '../text-values/date-time-context.js';
import type { PostgresValue } from './postgres-value.js';

/** What the text of values is read by. */
export interface TextSettings extends InputSettings {
  /** What time it is, for `now` and `today`. */
  readonly clock: Clock;
}

/** Those that PostgreSQL begins with. */
export const defaultTextSettings: TextSettings = {
  ...defaultInputSettings,
  clock: () => BigInt(Date.now()) * 1000n,
};

/** How the values of one type are read, from PostgreSQL's text or from the type's binary form. */
export interface TypeFunctions {
  /** What the type's input function makes of the text. */
  text(input: string, settings: TextSettings): PostgresValue;
  /** What text means is known in full only by the server itself: by its locale, its abbreviations of zones. */
  readonly isLocal?: boolean;
  /** What the type's receive function makes of the bytes; what it leaves unread is an error of the caller's. */
  binary(reader: BufferReader): PostgresValue;
}
