import { beforeAll, describe, expect, test } from 'vitest';

test('passes', () => {
  expect(1 + 1).toBe(2);
});

test('fails', () => {
  expect(1 + 1).toBe(3);
});

test('is skipped with a reason', (context) => {
  context.skip('psql is not installed');
});

describe('a hook that throws', () => {
  beforeAll(() => {
    throw new Error('no server');
  });

  test('never ran', () => {});
});
