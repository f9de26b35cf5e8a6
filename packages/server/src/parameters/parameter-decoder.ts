import type { BufferReader } from '@riffq/wire';
import type { ParameterValue } from '../query-context.js';

/** How the values of one type are read, from PostgreSQL's text or from the type's binary form. */
export interface ParameterDecoder {
  /** What the type's input function makes of the text. */
  text(input: string): ParameterValue;
  /** What the type's receive function makes of the bytes; what it leaves unread is an error of the caller's. */
  binary(reader: BufferReader): ParameterValue;
}
