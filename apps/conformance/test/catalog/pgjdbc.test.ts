import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type LiveShop, openLiveShop } from './live-shop.js';
import { toolAnswers } from './tool-answers.js';

const jars = fileURLToPath(new URL('../../../../.clients/pgjdbc/jars', import.meta.url));
const program = fileURLToPath(new URL('programs/Metadata.java', import.meta.url));
const absent = !existsSync(jars);
if (absent && process.env['CI']) throw new Error('did not run: there is no .clients/pgjdbc');

describe.skipIf(absent)('pgjdbc', () => {
  let live: LiveShop;

  beforeAll(async () => {
    live = await openLiveShop(inject('oracle'), '18.4');
  });
  afterAll(() => live?.[Symbol.asyncDispose]());

  test('its DatabaseMetaData tells the same as of PostgreSQL', { timeout: 120_000 }, async () => {
    const command = ['-Duser.timezone=UTC', '-XX:TieredStopAtLevel=1', '-cp', join(jars, '*'), program];
    const ours = await toolAnswers('java', command, live.ours);
    const theirs = await toolAnswers('java', command, live.theirs);
    expect(ours.length).toBeGreaterThan(40);
    for (const [at, answer] of ours.entries()) expect.soft(answer).toEqual(theirs[at]);
  });
});
