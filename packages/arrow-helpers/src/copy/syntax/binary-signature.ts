/** The first 11 bytes of COPY's binary format (https://www.postgresql.org/docs/18/sql-copy.html#id-1.9.3.55.9.4). */
export const BINARY_SIGNATURE: Uint8Array = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');

/** The signature, no flags, no extension. */
export const BINARY_HEADER: Uint8Array = Buffer.concat([BINARY_SIGNATURE, Buffer.alloc(8)]);

/** A count of columns of -1: no more rows. */
export const BINARY_TRAILER: Uint8Array = Uint8Array.of(0xff, 0xff);
