import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import { expect } from 'vitest';

/** Does work while a bystander asks the handler and the catalog all the time; gives the longest that an answer took, in milliseconds. */
export async function slowestMeanwhile<T>(
  bystander: pg.Client,
  work: () => Promise<T>,
): Promise<{ readonly done: T; readonly slowest: { readonly handler: number; readonly catalog: number } }> {
  await bystander.query('select 1 from pg_class limit 1');
  let isDone = false;
  const working = work().finally(() => {
    isDone = true;
  });
  const slowest = { handler: 0, catalog: 0 };
  while (!isDone) {
    for (const [who, sql] of [
      ['handler', 'select 1'],
      ['catalog', 'select 1 from pg_class limit 1'],
    ] as const) {
      const began = performance.now();
      expect((await bystander.query(sql)).rowCount).toBe(1);
      slowest[who] = Math.max(slowest[who], performance.now() - began);
    }
    await setTimeout(5);
  }
  return { done: await working, slowest };
}
