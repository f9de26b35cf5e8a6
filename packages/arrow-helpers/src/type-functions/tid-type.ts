import { invalidInput } from './input-error.js';
import type { TypeFunctions } from './type-functions.js';
import { uint16, uint32 } from './write-number.js';

/** Nobody minds what stands before and behind it; numbers are as strtoul() reads them, which takes none for 0. */
const written = /^[^(,)]*[(,]((?:[\t-\r ]*[+-]?\d+)?),((?:[\t-\r ]*[+-]?\d+)?)\)/;

interface TupleId {
  readonly block: number;
  readonly row: number;
}

/** tid, where a row lies, printed as `(block,row)`. */
export const tidType: TypeFunctions<TupleId> = {
  input(input) {
    const [, writtenBlock, writtenRow] = written.exec(input) ?? [];
    if (writtenBlock === undefined || writtenRow === undefined) throw invalidInput('tid', input);
    const [block, row] = [integerOf(writtenBlock), integerOf(writtenRow)];
    // Negative numbers wrap around.
    const isBlock = block <= 0xffff_ffffn && block >= -(2n ** 31n);
    if (!isBlock || row < 0n || row > 0xffffn) throw invalidInput('tid', input);
    return { block: Number(BigInt.asUintN(32, block)), row: Number(row) };
  },
  output: ({ block, row }) => `(${block},${row})`,
  receive: (reader) => ({ block: reader.uint32(), row: reader.uint16() }),
  send: ({ block, row }) => Buffer.concat([uint32(block), uint16(row)]),
};

function integerOf(text: string): bigint {
  return BigInt(text.replace('+', '').trim() || 0);
}
