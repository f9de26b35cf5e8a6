import type { IntervalStyle } from './output-settings.js';

/** In which order the numbers of a date are read, where it does not begin with a year of four digits (DateStyle's second word). */
export type DateOrder = 'MDY' | 'DMY' | 'YMD';

/** The session's settings that change how the text of values is read; binary knows none of them. */
export interface InputSettings {
  readonly dateOrder: DateOrder;
  /** In `sql_standard` a sign at the beginning is that of all fields, if they have none of their own. */
  readonly intervalStyle: IntervalStyle;
  /** Of timestamps with time zone whose text names none. */
  readonly timeZone: string;
}

const dateOrders: readonly DateOrder[] = ['MDY', 'DMY', 'YMD'];
const intervalStyles: readonly IntervalStyle[] = ['postgres', 'postgres_verbose', 'sql_standard', 'iso_8601'];

/** What is read when nobody says otherwise. */
export const defaultInputSettings: InputSettings = { dateOrder: 'MDY', intervalStyle: 'postgres', timeZone: 'UTC' };

/** The settings out of a session's: `get` gives the value of a setting as SHOW prints it. */
export function inputSettings(
  get: (name: 'DateStyle' | 'IntervalStyle' | 'TimeZone') => string | undefined,
): InputSettings {
  const order = get('DateStyle')?.split(/,\s*/)[1];
  const { dateOrder, intervalStyle, timeZone } = defaultInputSettings;
  return {
    dateOrder: dateOrders.find((known) => known === order) ?? dateOrder,
    intervalStyle: intervalStyles.find((known) => known === get('IntervalStyle')) ?? intervalStyle,
    timeZone: get('TimeZone') ?? timeZone,
  };
}
