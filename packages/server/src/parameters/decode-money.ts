import { formatMoney } from '@riffq/arrow-helpers';
import type { ParameterDecoder } from './parameter-decoder.js';
import { readInt64 } from './read-number.js';

/**
 * money: text as the client wrote it, as its currency and separators are those of the client's lc_monetary; binary as
 * PostgreSQL writes it in the C locale: `-$1,234.56`.
 */
export const moneyDecoder: ParameterDecoder = {
  text: (input) => input,
  binary: (reader) => formatMoney(readInt64(reader)),
};
