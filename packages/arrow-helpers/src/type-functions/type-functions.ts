import type { BufferReader } from '@riffq/wire';
import { defaultInputSettings, type InputSettings } from '../input-settings.js';
import type { OutputSettings } from '../output-settings.js';
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

/**
 * What PostgreSQL does with values of one type: the functions that pg_type names `typinput`, `typoutput`, `typreceive` and
 * `typsend`. `T` is what a value is between them.
 */
export interface TypeFunctions<T> {
  /** @throws PgError for text that is no value of the type, with PostgreSQL's words */
  input(text: string, settings: TextSettings): T;
  output(value: T, settings: OutputSettings): string;
  /**
   * Bytes that it leaves unread are an error of the caller's.
   *
   * @throws PgError for bytes that are no value of the type, with PostgreSQL's words
   */
  receive(reader: BufferReader): T;
  /** @throws PgError 0A000 for a value of which the binary form is not known */
  send(value: T): Uint8Array;
  /** The value in JavaScript, if that is not the text which is printed under PostgreSQL's own settings. */
  toValue?(value: T): PostgresValue;
  /** What text means is known in full only by the server itself: by its locale, its abbreviations of zones. */
  readonly isLocal?: boolean;
}
