import { disown } from '../awaitable.js';

/** What a handler gave, in words, for errors about it: nobody will wait for it, if it is a promise. */
export function describeKind(value: unknown): string {
  disown(value);
  if (value === null || value === undefined) return String(value);
  if (typeof value !== 'object') return `a ${typeof value}`;
  return Array.isArray(value) ? 'an array' : `an object of class ${value.constructor?.name ?? 'Object'}`;
}
