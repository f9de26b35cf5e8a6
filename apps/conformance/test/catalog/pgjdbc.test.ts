import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';
import { clientPath } from '../../src/clients/built-path.js';
import { isAbsent } from './is-absent.js';
import { shopForTests } from './shop-for-tests.js';
import { expectSameAnswers } from './tool-answers.js';

const jars = clientPath('pgjdbc/jars');
const program = fileURLToPath(new URL('programs/Metadata.java', import.meta.url));
const absent = isAbsent(existsSync(jars), 'there is no .clients/pgjdbc');

describe.skipIf(absent)('pgjdbc', () => {
  const live = shopForTests();

  test('its DatabaseMetaData tells the same as of PostgreSQL', { timeout: 120_000 }, async () => {
    const parameters = ['-Duser.timezone=UTC', '-XX:TieredStopAtLevel=1', '-cp', join(jars, '*'), program];
    await expectSameAnswers({ command: 'java', parameters, questions: 40 }, live());
  });
});
