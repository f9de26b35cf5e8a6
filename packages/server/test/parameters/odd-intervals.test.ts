import { defaultTextSettings } from '@riffq/arrow-helpers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ParameterOracle } from './parameter-oracle.js';
import { readParameter } from './read-parameter.js';

const numbers = [
  ...['1', '-1', '+2', '0', '12', '59', '60', '.5', '-.5', '1.', '1.5', '-1.5', '1.0', '0.0000005', '.', '-'],
  ...['2147483647', '2147483648', '178956970', '178956971', '99999999999999999999', '1-2', '-1-2', '1-12', '1-', '5/1'],
  ...['04:05', '-04:05', '04:05:06.7', '+04:05:06.7899999', '1:2.5', '24:00', '1:60', '1:2:61', '2562047789:00'],
];
const words = [
  ...['years', 'y', 'mon', 'months', 'week', 'w', 'days', 'd', 'h', 'hour', 'm', 'min', 'mm', 's', 'sec', 'seconds'],
  ...['ms', 'msec', 'us', 'microseconds', 'milliseconds', 'decade', 'decs', 'c', 'centuries', 'mil', 'millenniums'],
  ...['ago', 'on', 'at', '@', 'infinity', '-infinity', 'foo', 'quarter', 'timezone', 'isodow', 'jan', 't'],
];
const isoParts = [
  ...['1', '-1', '1.5', '.5', '0001', '00010203', '040506', '1e3', '1e16', '2147483648'],
  ...['Y', 'M', 'W', 'D', 'T', 'H', 'S', '-', ':', 'P'],
];

const field = fc
  .tuple(fc.constantFrom(...numbers), fc.constantFrom(' ', ''), fc.constantFrom(...words, ''))
  .map((parts) => parts.join(''));
const written = fc
  .array(fc.tuple(field, fc.constantFrom(' ', ' ', '')), { minLength: 1, maxLength: 4 })
  .map((fields) => fields.flat().join(''));
const iso = fc.array(fc.constantFrom(...isoParts), { maxLength: 7 }).map((parts) => `P${parts.join('')}`);

const known = [
  ...['1.0 s 2 ms', '1.5 s 2 ms', '04:05:06 7 ms', '04:05:06 1.5 days', '1.5 days 04:05:06', '1 2 hours', '5 ago'],
  ...['178956970 years 7 mons', '178956970 years 8 mons', '178956971 years', '2147483647 years', '2147483648 years'],
  ...['0.5 us', '1.5 us', '1.125 years', '1.0416666 years', '9223372036854775807 us', '-9223372036854775808 us ago'],
  ...['-2147483648 mons ago', '1 year2mon', '1y2d', 'infinity ago', '1 infinity', 'day infinity', '1 sec 1 second'],
  ...['P', 'PT', 'P1', 'PT1', 'P1YT', 'P1Y1Y', 'p1y', 'P1-2-3T4:5:6', 'P00010203T040506.7', 'PT04:05:06:07'],
];

test.each(['postgres', 'sql_standard'] as const)(
  'odd intervals are read as PostgreSQL reads them in %s',
  async (style) => {
    const texts = [
      ...known,
      ...fc.sample(written, { seed: 3, numRuns: 300 }),
      ...fc.sample(iso, { seed: 4, numRuns: 100 }),
    ];
    await using oracle = await ParameterOracle.connect({ IntervalStyle: style });
    const settings = { ...defaultTextSettings, intervalStyle: style };
    // What they are in one style, PostgreSQL prints in the other.
    const theirs = await oracle.read('interval', texts);
    await using printer = await ParameterOracle.connect();
    for (const answer of theirs) {
      const ours = readParameter('interval', answer.input, settings);
      if ('error' in answer) {
        const where = `unnamed portal parameter $1 = ${answer.input === '' ? "''" : "'...'"}`;
        expect([answer.input, ours]).toEqual([answer.input, { error: { ...answer.error, where } }]);
      } else {
        expect([answer.input, ours]).toEqual([answer.input, await printer.bind('interval', answer.binary)]);
      }
    }
  },
);
