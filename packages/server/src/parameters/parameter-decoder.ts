import { type Clock, defaultInputSettings, type InputSettings } from '@riffq/arrow-helpers';
import type { BufferReader } from '@riffq/wire';
import type { ParameterValue } from '../query-context.js';

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
export interface ParameterDecoder {
  /** What the type's input function makes of the text. */
  text(input: string, settings: TextSettings): ParameterValue;
  /** What text means is known in full only by the server itself: by its locale, its abbreviations of zones. */
  readonly isLocal?: boolean;
  /** What the type's receive function makes of the bytes; what it leaves unread is an error of the caller's. */
  binary(reader: BufferReader): ParameterValue;
}
