import type { ParameterDecoder } from './parameter-decoder.js';
import { readInt64 } from './read-number.js';

/**
 * money: text as the client wrote it, as its currency and separators are those of the client's lc_monetary; binary as
 * PostgreSQL writes it in the C locale: `-$1,234.56`.
 */
export const moneyDecoder: ParameterDecoder = {
  text: (input) => input,
  binary(reader) {
    const cents = readInt64(reader);
    const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
    const units = digits.slice(0, -2).replace(/\B(?=(?:\d{3})+$)/g, ',');
    return `${cents < 0n ? '-' : ''}$${units}.${digits.slice(-2)}`;
  },
};
