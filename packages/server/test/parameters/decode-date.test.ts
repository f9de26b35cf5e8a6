import fc from 'fast-check';
import { describe, test } from 'vitest';
import { expectSameBinding } from './same-as-oracle.js';
import { int32 } from './wire-bytes.js';

const firstDay = -2_451_545;
const lastDay = 2_145_031_948;

describe('date', () => {
  test('binary becomes the text that PostgreSQL writes, leap days, BC and infinities too', async () => {
    const anywhere = fc.sample(fc.integer({ min: firstDay, max: lastDay }), { seed: 6, numRuns: 300 });
    const nearby = fc.sample(fc.integer({ min: -800_000, max: 800_000 }), { seed: 6, numRuns: 300 });
    const yearsEnds = [-730_486, -730_120, -730_121, -1, 0, 58, 59, 60, 365, 36_524, 36_583, 36_584, 146_096, 146_097];
    const edges = [firstDay, lastDay, -(2 ** 31), 2 ** 31 - 1];
    const days = [...edges, ...yearsEnds, ...nearby, ...anywhere];
    await expectSameBinding(
      'date',
      days.map((day) => int32(day)),
    );
  });

  test('days that PostgreSQL does not have are refused', async () => {
    const days = [firstDay - 1, lastDay + 1, -(2 ** 31) + 1, 2 ** 31 - 2];
    await expectSameBinding('date', [...days.map((day) => int32(day)), Buffer.of(0, 0), Buffer.alloc(5)]);
  });
});
