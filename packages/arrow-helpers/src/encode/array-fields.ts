import { quoteInPlace } from './quote-in-place.js';
import type { DelimitedFields } from './row-frame.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NULL = Buffer.from('NULL', 'latin1');

/** By byte: whether an element that has it is quoted, as one that has the delimiter is. */
const QUOTED = new Uint8Array(256);
for (const character of '"\\{} \t\n\v\f\r') QUOTED[character.charCodeAt(0)] = 1;

/** Elements of an array's text that are never quoted: numbers, truth values, dates, arrays. */
export function plainElements(delimiter: number): DelimitedFields {
  return {
    fieldBytes: NULL.length + 1,
    expansion: 1,
    line: null,
    finish(target, _start, end) {
      target[end] = delimiter;
      return end + 1;
    },
    writeNull(target, position) {
      target.set(NULL, position);
      target[position + NULL.length] = delimiter;
      return position + NULL.length + 1;
    },
  };
}

/** Elements of an array's text as array_out quotes them: where anything in them has a meaning in arrays. */
export function quotedElements(delimiter: number): DelimitedFields {
  return {
    ...plainElements(delimiter),
    expansion: 2,
    finish(target, start, end) {
      let after = end;
      if (needsQuotes(target, start, end, delimiter)) after = quoteInPlace(target, start, end, QUOTE, BACKSLASH);
      target[after] = delimiter;
      return after + 1;
    },
  };
}

function needsQuotes(target: Uint8Array, start: number, end: number, delimiter: number): boolean {
  for (let index = start; index < end; index++) {
    const byte = target[index]!;
    if (byte === delimiter || QUOTED[byte] !== 0) return true;
  }
  return end === start || isNull(target, start, end);
}

/** Whether the element would be read as NULL, in any case. */
function isNull(target: Uint8Array, start: number, end: number): boolean {
  if (end - start !== NULL.length) return false;
  for (let index = 0; index < NULL.length; index++) if ((target[start + index]! & 0xdf) !== NULL[index]) return false;
  return true;
}
