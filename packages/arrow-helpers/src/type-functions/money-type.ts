import { formatMoney, parseMoney } from '../text-values/money-text.js';
import { invalidInput, outOfRange } from './input-error.js';
import { readInt64 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';

/** money, in the C locale: `-$1,234.56`. */
export const moneyType: TypeFunctions = {
  isLocal: true,
  text(input) {
    const cents = parseMoney(input);
    if (cents === undefined) throw invalidInput('money', input);
    if (BigInt.asIntN(64, cents) !== cents) throw outOfRange('money', input);
    return formatMoney(cents);
  },
  binary: (reader) => formatMoney(readInt64(reader)),
};
