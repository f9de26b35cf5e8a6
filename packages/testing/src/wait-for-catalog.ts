import { setTimeout } from 'node:timers/promises';
import { firstValue } from './first-value.js';
import { RawClient } from './raw-client/raw-client.js';

/** What the first column of the first row is to be; `null` is NULL. */
export type ExpectedValue = null | boolean | number | bigint | string;

/** What `waitForCatalog` can be told. */
export interface WaitForCatalogOptions {
  /** @defaultValue 'user' */
  readonly user?: string;
  readonly password?: string;
  /** How often to ask before giving up, 100 ms apart. @defaultValue 300 */
  readonly attempts?: number;
  /** Gives up waiting. */
  readonly signal?: AbortSignal;
}

const host = '127.0.0.1';
/** Milliseconds between one attempt and the next. */
const pause = 100;
/** Milliseconds that a server may keep a client waiting at each step of letting it in. */
const connectTimeout = 2000;

/**
 * Asks a server of 127.0.0.1 until the first column of a query's first row is what is expected: a server may accept
 * connections before its catalog is complete. Each attempt is a session of its own; a refused connection, an error and
 * another value are all "not yet". Settles with the milliseconds that it took.
 *
 * @param expectedValue - compared as PostgreSQL writes values: `5` is found in an integer and in a text `5`.
 * @throws Error after the last attempt, which says why that failed; the reason of `signal`, when that aborts.
 *
 * @example
 * ```ts
 * await waitForCatalog(5433, 'shop', "select count(*) from pg_class where relname = 'orders'", 1);
 * ```
 */
export async function waitForCatalog(
  port: number,
  database: string,
  probeSql: string,
  expectedValue: ExpectedValue,
  options: WaitForCatalogOptions = {},
): Promise<number> {
  const { user = 'user', password, attempts = 300, signal } = options;
  const session = { user, database, ...(password === undefined ? {} : { password }) };
  const begun = performance.now();
  let cause: unknown;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    signal?.throwIfAborted();
    try {
      const value = await probe(port, session, probeSql, signal);
      if (isExpected(value, expectedValue)) return performance.now() - begun;
      cause = new Error(`the value was ${quote(value)}`);
    } catch (error) {
      cause = error;
    }
    await setTimeout(pause, undefined, { ...(signal && { signal }) }).catch(() => undefined);
  }
  signal?.throwIfAborted();
  const seconds = ((attempts * pause) / 1000).toFixed(0);
  const reason = cause instanceof Error ? ` The last attempt: ${cause.message}` : '';
  throw new Error(
    `catalog not ready after ${seconds}s. port=${port}, database='${database}', probe='${probeSql}', expected=${quote(expectedValue)}.${reason}`,
    { cause },
  );
}

/** One attempt. */
async function probe(
  port: number,
  session: { readonly user: string; readonly database: string; readonly password?: string },
  sql: string,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const options = { ...session, timeout: connectTimeout, ...(signal && { signal }) };
  await using client = await RawClient.connect({ host, port }, options);
  return await firstValue(client, sql);
}

/** PostgreSQL writes numbers with their scale: 1.50 is 1.5. */
function isExpected(value: string | null, expected: ExpectedValue): boolean {
  if (value === null || expected === null || value === '') return value === expected;
  if (typeof expected === 'number') return Number(value) === expected || (value === 'NaN' && Number.isNaN(expected));
  return value === (typeof expected === 'boolean' ? expected.toString().charAt(0) : String(expected));
}

function quote(value: ExpectedValue): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
