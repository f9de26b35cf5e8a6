/**
 * A value of PostgreSQL's in JavaScript: numbers, and bigints where a number would not hold them all, booleans, bytes, arrays
 * with null for NULL; all else is the text that PostgreSQL prints.
 */
export type PostgresValue = null | boolean | number | bigint | string | Uint8Array | readonly PostgresValue[];
