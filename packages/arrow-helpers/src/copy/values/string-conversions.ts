import type { TypeOptions } from '../../type-options.js';

/** What becomes of values that are kept as strings which are declared as another type (`PG:type`), by that type's OID. */
export interface StringConversions {
  /**
   * To the text that PostgreSQL prints, of any that it reads; undefined for a type that has none: then text has to be as
   * PostgreSQL prints it, where that can be told, and is kept as it is.
   */
  readonly textToText?: TypeOptions['textToText'];
  /** The same of the binary format; without it the value is taken for text. */
  readonly binaryToText?: (oid: number) => ((binary: Uint8Array) => string) | undefined;
}
