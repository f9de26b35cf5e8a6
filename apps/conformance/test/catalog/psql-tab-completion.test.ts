import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { debianIsAbsent, openDebianShop } from './debian-shop.js';
import { shopForTests } from './shop-for-tests.js';
import { expectSameAnswers } from './tool-answers.js';

const program = fileURLToPath(new URL('programs/tab_completion.py', import.meta.url));

describe.skipIf(debianIsAbsent)('the tabulator in psql', () => {
  const live = shopForTests(openDebianShop);

  test('offers the same as over PostgreSQL', { timeout: 120_000 }, async () => {
    const tool = { command: 'python3', parameters: [program], questions: 25 };
    const answers = await expectSameAnswers(tool, live());
    expect(JSON.stringify(answers)).toContain('WHERE customer_id');
  });
});
