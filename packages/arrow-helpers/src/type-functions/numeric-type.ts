import type { BufferReader } from '@riffq/wire';
import { formatDecimal } from './format-decimal.js';
import { invalidBinary } from './input-error.js';
import { parseNumeric } from './parse-numeric.js';
import { readInt16 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';

/**
 * numeric: PostgreSQL's text of the number, with all digits and trailing zeros: `1e3` is `1000`, `1.50` stays `1.50`.
 * https://www.postgresql.org/docs/18/datatype-numeric.html
 */
export const numericType: TypeFunctions = { text: parseNumeric, binary: readNumeric };

/** What stands for the sign of numbers that have no digits. */
const specialSigns: ReadonlyMap<number, string> = new Map([
  [0xc000, 'NaN'],
  [0xd000, 'Infinity'],
  [0xf000, '-Infinity'],
]);

const negativeSign = 0x4000;
const maximumScale = 0x3fff;

/** Digits to the base 10,000, and the power of it that the first one counts. */
function readNumeric(reader: BufferReader): string {
  const count = reader.uint16();
  const weight = readInt16(reader);
  const sign = reader.uint16();
  const special = specialSigns.get(sign);
  if (sign !== 0 && sign !== negativeSign && special === undefined) throw invalid('sign');
  const scale = reader.uint16();
  if (scale > maximumScale) throw invalid('scale');
  let digits = '';
  for (let index = 0; index < count; index++) {
    const digit = reader.uint16();
    if (digit > 9999) throw invalid('digit');
    digits += String(digit).padStart(4, '0');
  }
  if (special !== undefined) return special;
  const point = (weight + 1) * 4;
  return formatDecimal(sign === negativeSign, digits.slice(0, Math.max(0, point + scale)), point, scale);
}

function invalid(part: 'sign' | 'scale' | 'digit'): Error {
  return invalidBinary(`invalid ${part} in external "numeric" value`);
}
