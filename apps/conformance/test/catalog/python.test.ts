import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';
import { clientPath } from '../../src/clients/built-path.js';
import { isAbsent } from './is-absent.js';
import { shopForTests } from './shop-for-tests.js';
import { expectSameAnswers } from './tool-answers.js';

const command = clientPath('python/bin/python');
const program = fileURLToPath(new URL('programs/reflect.py', import.meta.url));
const absent = isAbsent(existsSync(command), 'there is no Python environment in .clients/python');

describe.skipIf(absent)('tools of Python', () => {
  const live = shopForTests();

  test('SQLAlchemy, pandas, psycopg and asyncpg find the same as in PostgreSQL', { timeout: 120_000 }, async () => {
    await expectSameAnswers({ command, parameters: [program], questions: 30 }, live());
  });
});
