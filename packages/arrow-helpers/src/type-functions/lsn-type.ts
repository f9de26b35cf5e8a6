import { formatLsn, readLsn } from '../text-values/lsn-text.js';
import { invalidInput } from './input-error.js';
import { readUint64 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';
import { int64 } from './write-number.js';

/** pg_lsn, a position in the log, printed as `16/B374D848`. */
export const lsnType: TypeFunctions<bigint> = {
  input(input) {
    const position = readLsn(input);
    if (position === undefined) throw invalidInput('pg_lsn', input);
    return position;
  },
  output: formatLsn,
  receive: readUint64,
  send: int64,
};
