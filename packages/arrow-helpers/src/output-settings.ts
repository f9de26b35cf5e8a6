/** How intervals are printed (the setting IntervalStyle). */
export type IntervalStyle = 'postgres' | 'postgres_verbose' | 'sql_standard' | 'iso_8601';

/** The session's settings that change the text of values; binary knows none of them. */
export interface OutputSettings {
  /** @defaultValue 'postgres' */
  readonly intervalStyle: IntervalStyle;
}

/** The settings under which text costs least. */
export const defaultOutputSettings: OutputSettings = { intervalStyle: 'postgres' };
