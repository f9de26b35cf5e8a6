import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, test } from 'vitest';
import { clientPath } from '../../src/clients/built-path.js';
import { isAbsent } from './is-absent.js';
import { shopForTests } from './shop-for-tests.js';
import { expectSameAnswers } from './tool-answers.js';

const command = clientPath('python/bin/python');
const program = fileURLToPath(new URL('programs/odbc.py', import.meta.url));
const drivers = await promisify(execFile)(command, ['-c', 'import pyodbc; print(pyodbc.drivers())']).then(
  ({ stdout }) => stdout,
  () => '',
);
const absent = isAbsent(drivers.includes('PostgreSQL Unicode'), 'psqlODBC is not installed');

describe.skipIf(absent)('psqlODBC', () => {
  const live = shopForTests();

  test('its catalog functions tell the same as of PostgreSQL', { timeout: 120_000 }, async () => {
    await expectSameAnswers({ command, parameters: [program], questions: 35 }, live());
  });
});
