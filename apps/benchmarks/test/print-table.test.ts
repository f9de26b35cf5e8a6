import { expect, test } from 'vitest';
import { bars } from '../src/bars.js';
import { bytesMeasure, holds, plainRatio, ratioIfKnown, ratioMeasure, timeMeasure } from '../src/benchmark.js';
import { tableOf } from '../src/print-table.js';

const machine = { node: 'v20', platform: 'linux x64', cpu: 'a CPU', cores: 2, memoryGiB: 8 };

test('the table has every figure, what it was the last time, and its bar', () => {
  const measures = [
    ratioMeasure('rows', 1.5, bars.textOfPostgres),
    plainRatio('rate', 2),
    bytesMeasure('memory', 5 * 1024, bars.idleConnection, 'KB'),
    timeMeasure('wait', 21.4, bars.bystander),
    holds('the same bytes', true),
    { what: 'said beside', value: '5 rows/s' },
  ];
  const last = new Map([
    ['speed: rows', 2],
    ['speed: rate', 1],
  ]);
  expect(tableOf({ machine, doubts: [], results: [{ name: 'speed', measures }] }, last).split('\n')).toEqual([
    'figure                 now     last run        bar',
    'speed: rows            1.50    -25 %     FAIL  >= 1.8 (goal 2.5), issue 6',
    'speed: rate            2.00    +100 %',
    'speed: memory          5.0 KB  -         pass  <= 10 KB, issue 4',
    'speed: wait            21 ms   -         FAIL  <= 20 ms, issue 6',
    'speed: the same bytes  yes     -         pass  yes',
  ]);
});

test('a ratio that cannot be known has missed its bar', () => {
  const measures = [ratioIfKnown('per CPU', undefined, bars.textOfPostgres)];
  expect(
    tableOf({ machine, doubts: [], results: [{ name: 'speed', measures }] }, new Map())
      .split('\n')
      .slice(1),
  ).toEqual(['speed: per CPU  unknown  -         FAIL  >= 1.8 (goal 2.5), issue 6']);
});
