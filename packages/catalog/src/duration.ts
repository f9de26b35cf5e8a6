import { noDuration } from './errors/registration-errors.js';

/** Timers of Node take what is longer for one millisecond. */
const longest = 2_147_483_647;

/**
 * Milliseconds that a program gives as an option; what is longer than a timer can be set to, or `Infinity`, is 24 days.
 *
 * @param least - what it has to be at least
 * @throws CatalogRegistrationError when it is less, or no number
 */
export function duration(option: string, milliseconds: number, least: number): number {
  if (typeof milliseconds !== 'number' || !(milliseconds >= least)) throw noDuration(option, milliseconds, least);
  return Math.min(milliseconds, longest);
}
