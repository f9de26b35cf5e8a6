import { formatMoney, parseMoney } from '@riffq/arrow-helpers';
import { invalidInput, outOfRange } from './input-error.js';
import type { ParameterDecoder } from './parameter-decoder.js';
import { readInt64 } from './read-number.js';

/** money, in the C locale: `-$1,234.56`. */
export const moneyDecoder: ParameterDecoder = {
  isLocal: true,
  text(input) {
    const cents = parseMoney(input);
    if (cents === undefined) throw invalidInput('money', input);
    if (BigInt.asIntN(64, cents) !== cents) throw outOfRange('money', input);
    return formatMoney(cents);
  },
  binary: (reader) => formatMoney(readInt64(reader)),
};
