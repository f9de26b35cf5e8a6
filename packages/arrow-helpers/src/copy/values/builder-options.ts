import type { InputSettings } from '../../input-settings.js';
import type { StringConversions } from './string-conversions.js';

/** What decides, beside a column's type, how its values are read. */
export interface BuilderOptions extends StringConversions {
  /** The session's settings. @defaultValue dates in the order `MDY`, intervals in PostgreSQL's style, the time zone UTC */
  readonly settings?: InputSettings;
}
