import { expect, test } from 'vitest';
import { readParameter } from './read-parameter.js';
import { expectSameBinding } from './same-as-oracle.js';

test('jsonb is the document as PostgreSQL prints it, without the version that its binary form begins with', () => {
  const document = '{"b":1e2, "a": [null,"é"], "b":1e1}';
  const printed = '{"a": [null, "é"], "b": 10}';
  expect(readParameter('jsonb', document)).toBe(printed);
  expect(readParameter('jsonb', Buffer.from(`\u0001${document}`))).toBe(printed);
});

test('binary jsonb of another version or without one is refused', async () => {
  await expectSameBinding('jsonb', [Buffer.from('\u0002{}'), Buffer.of(), Buffer.from('{}'), Buffer.of(1, 0x22, 0xff)]);
});
