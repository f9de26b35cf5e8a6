import { sqlstateClasses } from './sqlstate.generated.js';

const shape = /^[0-9A-Z]{5}$/;

/**
 * Whether the value can be a SQLSTATE: five digits or upper-case letters in a class that PostgreSQL has. `EPIPE`, which
 * Node puts into the same property of its errors, is not.
 */
export function isSqlstate(code: unknown): code is string {
  return hasSqlstateShape(code) && sqlstateClasses.has(code.slice(0, 2));
}

/** The same in whatever class, as programs may have errors of their own: RAISE takes any five digits or upper-case letters. */
export function hasSqlstateShape(code: unknown): code is string {
  return typeof code === 'string' && shape.test(code);
}
