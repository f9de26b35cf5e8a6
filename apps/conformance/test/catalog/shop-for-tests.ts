import { afterAll, beforeAll, inject } from 'vitest';
import { type LiveShop, openLiveShop } from './live-shop.js';

/** Opens a shop before the tests of the `describe` or file that calls this, and closes it after them. */
export function shopForTests(
  open: () => Promise<LiveShop> = () => openLiveShop(inject('oracle'), '18.4'),
): () => LiveShop {
  let live: LiveShop | undefined;
  beforeAll(async () => {
    live = await open();
  });
  afterAll(() => live?.[Symbol.asyncDispose]());
  return () => {
    if (live === undefined) throw new Error('the shop is not open');
    return live;
  };
}
