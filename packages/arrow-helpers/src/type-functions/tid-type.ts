import { invalidInput } from './input-error.js';
import type { TypeFunctions } from './type-functions.js';
import { uint16, uint32 } from './write-number.js';

/** Nobody minds what stands before and behind it. */
const written = /^[^(,]*\([\t-\r ]*\+?(\d+),[\t-\r ]*\+?(\d+)\)/;

interface TupleId {
  readonly block: number;
  readonly row: number;
}

/** tid, where a row lies, printed as `(block,row)`. */
export const tidType: TypeFunctions<TupleId> = {
  input(input) {
    const [block, row] = (written.exec(input) ?? []).slice(1).map(Number);
    if (block === undefined || row === undefined || block > 0xffff_ffff || row > 0xffff)
      throw invalidInput('tid', input);
    return { block, row };
  },
  output: ({ block, row }) => `(${block},${row})`,
  receive: (reader) => ({ block: reader.uint32(), row: reader.uint16() }),
  send: ({ block, row }) => Buffer.concat([uint32(block), uint16(row)]),
};
