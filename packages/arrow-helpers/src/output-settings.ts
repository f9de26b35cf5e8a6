/** How intervals are printed (the setting IntervalStyle). */
export type IntervalStyle = 'postgres' | 'postgres_verbose' | 'sql_standard' | 'iso_8601';

/** How dates and timestamps are printed (the first word of the setting DateStyle). */
export type DateStyle = 'ISO' | 'Postgres' | 'SQL' | 'German';

/** The session's settings that change the text of values; binary knows none of them. */
export interface OutputSettings {
  readonly dateStyle: DateStyle;
  /** Whether the day stands before the month, where the style leaves a choice (DateStyle's `DMY`). */
  readonly dayFirst: boolean;
  readonly intervalStyle: IntervalStyle;
  /** A name such as `Europe/Oslo`, or a POSIX zone such as `<+05>-05`. */
  readonly timeZone: string;
  readonly byteaOutput: 'hex' | 'escape';
  readonly extraFloatDigits: number;
}

/** The settings that {@link OutputSettings} are made of, as PostgreSQL names them. */
export const outputSettingNames = [
  'DateStyle',
  'IntervalStyle',
  'TimeZone',
  'bytea_output',
  'extra_float_digits',
] as const;

/** The settings under which text costs least. */
export const defaultOutputSettings: OutputSettings = {
  dateStyle: 'ISO',
  dayFirst: false,
  intervalStyle: 'postgres',
  timeZone: 'UTC',
  byteaOutput: 'hex',
  extraFloatDigits: 1,
};

const dateStyles: readonly DateStyle[] = ['ISO', 'Postgres', 'SQL', 'German'];
const intervalStyles: readonly IntervalStyle[] = ['postgres', 'postgres_verbose', 'sql_standard', 'iso_8601'];

/** The same object for the same settings, so that what was chosen for one session's results serves the next one's. */
const shared = new Map<string, OutputSettings>();
/** Clients may choose any time zone; more than so many at once are worth no memory. */
const sharedAtMost = 64;

/**
 * The settings out of a session's: `get` gives the value of a setting as SHOW prints it. What is not set, or not known, is as
 * PostgreSQL's defaults have it.
 */
export function outputSettings(get: (name: (typeof outputSettingNames)[number]) => string | undefined): OutputSettings {
  const [style = 'ISO', order] = (get('DateStyle') ?? 'ISO').split(/,\s*/);
  const { timeZone, byteaOutput, extraFloatDigits } = defaultOutputSettings;
  return sharing({
    dateStyle: known(style, dateStyles) ?? 'ISO',
    dayFirst: order === 'DMY',
    intervalStyle: known(get('IntervalStyle'), intervalStyles) ?? 'postgres',
    timeZone: get('TimeZone') ?? timeZone,
    byteaOutput: get('bytea_output') === 'escape' ? 'escape' : byteaOutput,
    extraFloatDigits: Number(get('extra_float_digits') ?? extraFloatDigits),
  });
}

function sharing(settings: OutputSettings): OutputSettings {
  const key = JSON.stringify(settings);
  const known = shared.get(key);
  if (known !== undefined) return known;
  if (shared.size >= sharedAtMost) shared.clear();
  shared.set(key, settings);
  return settings;
}

function known<T extends string>(value: string | undefined, values: readonly T[]): T | undefined {
  return values.find((candidate) => candidate.toLowerCase() === value?.toLowerCase());
}
