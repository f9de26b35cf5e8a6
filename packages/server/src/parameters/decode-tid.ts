import type { ParameterDecoder } from './parameter-decoder.js';

/** tid, where a row lies: text as the client wrote it; binary as PostgreSQL writes it, `(block,row)`. */
export const tidDecoder: ParameterDecoder = {
  text: (input) => input,
  binary: (reader) => `(${reader.uint32()},${reader.uint16()})`,
};
