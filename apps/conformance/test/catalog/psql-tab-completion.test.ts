import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Oracle, startOracle } from '../../src/oracle/start-oracle.js';
import { debianPrograms } from './debian-programs.js';
import { type LiveShop, openLiveShop } from './live-shop.js';
import { toolAnswers } from './tool-answers.js';

const program = fileURLToPath(new URL('programs/tab_completion.py', import.meta.url));
const programs = await debianPrograms();
if (programs === undefined && process.env['CI']) throw new Error('did not run: PostgreSQL 15 is not installed');

describe.skipIf(programs === undefined)('the tabulator in psql', () => {
  let oracle: Oracle;
  let live: LiveShop;

  beforeAll(async () => {
    if (programs === undefined) return;
    oracle = await startOracle({ programs });
    live = await openLiveShop(oracle.address, '15.20');
  });
  afterAll(async () => {
    await live?.[Symbol.asyncDispose]();
    await oracle?.close();
  });

  test('offers the same as over PostgreSQL', { timeout: 120_000 }, async () => {
    const ours = await toolAnswers('python3', [program], live.ours);
    const theirs = await toolAnswers('python3', [program], live.theirs);
    expect(ours.length).toBeGreaterThan(25);
    expect(JSON.stringify(ours)).toContain('WHERE customer_id');
    for (const [at, answer] of ours.entries()) expect.soft(answer).toEqual(theirs[at]);
  });
});
