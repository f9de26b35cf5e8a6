/** A date as it is printed, apart from the era, which goes behind any time. */
export interface FormattedDate {
  readonly text: string;
  /** ` BC` or nothing. */
  readonly era: string;
}

/** Days from 0000-03-01, with which the calendar's 400-year cycle begins, to 2000-01-01. */
const daysToEpoch = 730_425;

/**
 * The proleptic Gregorian date, in ISO style, so many days after 2000-01-01. Years are counted from March on, so that
 * leap days come last; there is no year 0, the one before 1 is 1 BC.
 */
export function formatDate(days: number): FormattedDate {
  const sinceCycles = days + daysToEpoch;
  const cycle = Math.floor(sinceCycles / 146_097);
  const dayOfCycle = sinceCycles - cycle * 146_097;
  const leapDays = Math.trunc(dayOfCycle / 1460) - Math.trunc(dayOfCycle / 36_524) + Math.trunc(dayOfCycle / 146_096);
  const yearOfCycle = Math.trunc((dayOfCycle - leapDays) / 365);
  const dayOfYear = dayOfCycle - (365 * yearOfCycle + Math.trunc(yearOfCycle / 4) - Math.trunc(yearOfCycle / 100));
  const monthFromMarch = Math.trunc((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.trunc((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0);
  const printed = String(year > 0 ? year : 1 - year).padStart(4, '0');
  return { text: `${printed}-${twoDigits(month)}-${twoDigits(day)}`, era: year > 0 ? '' : ' BC' };
}

export function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
