import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type LiveShop, openLiveShop } from './live-shop.js';
import { toolAnswers } from './tool-answers.js';

const python = fileURLToPath(new URL('../../../../.clients/python/bin/python', import.meta.url));
const program = fileURLToPath(new URL('programs/reflect.py', import.meta.url));
const absent = !existsSync(python);
if (absent && process.env['CI']) throw new Error('did not run: there is no Python environment in .clients/python');

describe.skipIf(absent)('tools of Python', () => {
  let live: LiveShop;

  beforeAll(async () => {
    live = await openLiveShop(inject('oracle'), '18.4');
  });
  afterAll(() => live?.[Symbol.asyncDispose]());

  test('SQLAlchemy, pandas, psycopg and asyncpg find the same as in PostgreSQL', { timeout: 120_000 }, async () => {
    const ours = await toolAnswers(python, [program], live.ours);
    const theirs = await toolAnswers(python, [program], live.theirs);
    expect(ours.length).toBeGreaterThan(30);
    for (const [at, answer] of ours.entries()) expect.soft(answer).toEqual(theirs[at]);
  });
});
