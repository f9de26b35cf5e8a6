import { invalidInput } from './input-error.js';
import type { TypeFunctions } from './type-functions.js';

/** Nobody minds what stands before and behind it. */
const written = /^[^(,]*\([\t-\r ]*\+?(\d+),[\t-\r ]*\+?(\d+)\)/;

/** tid, where a row lies, as PostgreSQL writes it: `(block,row)`. */
export const tidType: TypeFunctions = {
  text(input) {
    const [block, row] = (written.exec(input) ?? []).slice(1).map(Number);
    if (block === undefined || row === undefined || block > 0xffff_ffff || row > 0xffff)
      throw invalidInput('tid', input);
    return `(${block},${row})`;
  },
  binary: (reader) => `(${reader.uint32()},${reader.uint16()})`,
};
