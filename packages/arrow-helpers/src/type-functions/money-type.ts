import { formatMoney, parseMoney } from '../text-values/money-text.js';
import { invalidInput, outOfRange } from './input-error.js';
import { readInt64 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';
import { int64 } from './write-number.js';

/** money: cents, printed in the C locale: `-$1,234.56`. */
export const moneyType: TypeFunctions<bigint> = {
  isLocal: true,
  input(input) {
    const cents = parseMoney(input);
    if (cents === undefined) throw invalidInput('money', input);
    if (BigInt.asIntN(64, cents) !== cents) throw outOfRange('money', input);
    return cents;
  },
  output: formatMoney,
  receive: readInt64,
  send: int64,
};
