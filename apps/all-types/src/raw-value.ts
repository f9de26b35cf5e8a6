/**
 * A value as Arrow stores it: a number, 64 bits, a bit, bytes; 32-bit words of a decimal; the parts of an interval; the
 * elements of a list; the fields of a struct in order; the key and value of each entry of a map; type id and value of a union.
 */
export type Raw = number | bigint | boolean | Uint8Array | readonly (Raw | null)[];
