import type { InputSettings } from '../../input-settings.js';

/** What decides, beside a column's type, how its values are read. */
export interface BuilderOptions {
  /** The session's settings. @defaultValue dates in the order `MDY`, intervals in PostgreSQL's style, the time zone UTC */
  readonly settings?: InputSettings;
}
