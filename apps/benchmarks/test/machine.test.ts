import { expect, test } from 'vitest';
import { measureQuietness, type Quietness, reasonsForDoubt, speedBeside } from '../src/machine.js';

const quiet: Quietness = { load: 0.2, workMilliseconds: 100, hadCore: 1, stolen: 10, ticks: 1000 };

test('a quiet machine gives no reason for doubt', () => {
  expect(reasonsForDoubt(quiet, { ...quiet, ticks: 2000, workMilliseconds: 105 }, 2)).toEqual([]);
});

test('load, stolen time, a core that is shared and a clock that changes are reasons', () => {
  const before = { ...quiet, load: 3.21 };
  const after = { ...quiet, hadCore: 0.5, workMilliseconds: 130, stolen: 110, ticks: 2000 };
  expect(reasonsForDoubt(before, after, 2)).toEqual([
    'load 3.2 on 2 cores before the first benchmark',
    'the host took 10 % of the time away',
    'the calibration had a core for only 50 % of its time',
    'the same work took 1.30 times as much CPU at the end as at the beginning',
  ]);
});

test('the speed is told beside that of a run that has kept its own', () => {
  expect(speedBeside({ workMilliseconds: 200 }, { workMilliseconds: 110 })).toBe(
    'This machine runs at 0.55 of the speed of the kept run (200 ms for the fixed piece of work, 110 ms then).',
  );
  expect(speedBeside({ workMilliseconds: 200 }, {})).toBeUndefined();
});

test('the calibration says how much CPU it took', async () => {
  const found = await measureQuietness();
  expect(found.workMilliseconds).toBeGreaterThan(1);
  expect(found.hadCore).toBeGreaterThan(0);
  expect(found.hadCore).toBeLessThanOrEqual(1);
});
