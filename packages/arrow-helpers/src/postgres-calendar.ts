/** Which days PostgreSQL has: 4714-11-24 BC to 5874897-12-31, since 1970. */
export const FIRST_DAY = -2_440_588;
export const LAST_DAY = 2_145_042_905;

/** From 1970-01-01, where Arrow begins, to 2000-01-01, where PostgreSQL's binary form does. */
export const POSTGRES_EPOCH_DAY = 10_957;
export const POSTGRES_EPOCH_MICROSECONDS = 946_684_800_000_000n;
