import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type LiveShop, openLiveShop } from './live-shop.js';
import { toolAnswers } from './tool-answers.js';

const python = fileURLToPath(new URL('../../../../.clients/python/bin/python', import.meta.url));
const program = fileURLToPath(new URL('programs/odbc.py', import.meta.url));
const drivers = await promisify(execFile)(python, ['-c', 'import pyodbc; print(pyodbc.drivers())']).then(
  ({ stdout }) => stdout,
  () => '',
);
const absent = !drivers.includes('PostgreSQL Unicode');
if (absent && process.env['CI']) throw new Error('did not run: psqlODBC is not installed');

describe.skipIf(absent)('psqlODBC', () => {
  let live: LiveShop;

  beforeAll(async () => {
    live = await openLiveShop(inject('oracle'), '18.4');
  });
  afterAll(() => live?.[Symbol.asyncDispose]());

  test('its catalog functions tell the same as of PostgreSQL', { timeout: 120_000 }, async () => {
    const ours = await toolAnswers(python, [program], live.ours);
    const theirs = await toolAnswers(python, [program], live.theirs);
    expect(ours.length).toBeGreaterThan(35);
    for (const [at, answer] of ours.entries()) expect.soft(answer).toEqual(theirs[at]);
  });
});
