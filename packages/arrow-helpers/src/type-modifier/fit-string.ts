/** What the length of a type makes of strings that are assigned to it. */
import { sqlstate } from '@riffq/wire';
import { UnsendableValue } from '../unsendable-value.js';

/**
 * A string of at most `length` characters, filled with blanks for char(n). Blanks beyond are cut off.
 *
 * @throws UnsendableValue 22001 for other characters beyond
 */
export function fitCharacters(text: string, length: number, filled: boolean): string {
  if (text.length <= length && !filled) return text;
  const characters = countCharacters(text);
  if (characters <= length) return filled ? text + ' '.repeat(length - characters) : text;
  const all = [...text];
  if (all.slice(length).every((character) => character === ' ')) return all.slice(0, length).join('');
  throw new UnsendableValue(
    sqlstate.string_data_right_truncation,
    `value too long for type ${filled ? 'character' : 'character varying'}(${length})`,
    `Give at most ${length} characters, or declare the column as text.`,
  );
}

/**
 * Bits of exactly, or with `varying` at most, that many.
 *
 * @throws UnsendableValue 22026, or 22001, for any others
 */
export function fitBits(text: string, length: number, varying: boolean): string {
  if (varying ? text.length <= length : text.length === length) return text;
  throw varying
    ? new UnsendableValue(
        sqlstate.string_data_right_truncation,
        `bit string too long for type bit varying(${length})`,
        `Give at most ${length} bits.`,
      )
    : new UnsendableValue(
        sqlstate.string_data_length_mismatch,
        `bit string length ${text.length} does not match type bit(${length})`,
        `Give ${length} bits, or declare the column as varbit.`,
      );
}

function countCharacters(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) !== 0xdc00) count++;
  return count;
}
