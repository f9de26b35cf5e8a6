import { trimSpaces } from '../array-input/scan-text.js';
import { invalidInput } from './input-error.js';
import { readByte } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';

/** `true`, `yes`, `on`, `1` and their opposites, or as much of a word as tells it from the others. */
const words: ReadonlyMap<string, boolean> = new Map([
  ...['t', 'tr', 'tru', 'true', 'y', 'ye', 'yes', 'on', '1'].map((word) => [word, true] as const),
  ...['f', 'fa', 'fal', 'fals', 'false', 'n', 'no', 'of', 'off', '0'].map((word) => [word, false] as const),
]);

/** bool: a boolean. In binary every byte but 0 is true, as in PostgreSQL. */
export const booleanType: TypeFunctions<boolean> = {
  input(input) {
    const value = words.get(input) ?? words.get(trimSpaces(input).toLowerCase());
    if (value === undefined) throw invalidInput('boolean', input);
    return value;
  },
  output: (value) => (value ? 't' : 'f'),
  receive: (reader) => readByte(reader) !== 0,
  send: (value) => Uint8Array.of(value ? 1 : 0),
  toValue: (value) => value,
};
