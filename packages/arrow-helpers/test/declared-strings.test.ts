import { typeTexts } from '@riffq/all-types';
import { isPgError } from '@riffq/wire';
import {
  type Data,
  Dictionary,
  Field,
  Int32,
  LargeUtf8,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
  Utf8View,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { CopyDecoder } from '../src/copy/copy-decoder.js';
import { CopyEncoder } from '../src/copy/copy-encoder.js';
import { resolveCopyOptions } from '../src/copy/options/resolve-copy-options.js';
import { outputSettings } from '../src/output-settings.js';
import { RowEncoder } from '../src/row-encoder.js';
import { copyPayloads } from './copy/encode-copy.js';
import { readDataRows } from './data-rows.js';
import { readByOracle } from './oracle.js';

/** The ways in which Arrow keeps strings. */
const storages = [new Utf8(), new LargeUtf8(), new Utf8View(), new Dictionary(new Utf8(), new Int32())] as const;

function batchOf(type: string, texts: readonly (string | null)[], storage: (typeof storages)[number]): RecordBatch {
  const data: readonly Data[] = vectorFromArray([...texts], storage).data;
  const schema = new Schema([new Field('x', storage, true, new Map([['PG:type', type]]))]);
  const struct = makeData({ type: new Struct(schema.fields), length: texts.length, children: [...data] });
  return new RecordBatch(schema, struct);
}

function encoded(
  batch: RecordBatch,
  format: 'text' | 'binary',
  session: Readonly<Record<string, string>> = {},
): readonly (string | undefined)[] {
  const encoder = new RowEncoder(batch.schema, [format], { settings: outputSettings((name) => session[name]) });
  encoder.setBatch(batch);
  const target = Buffer.alloc(1 << 16);
  const rows = readDataRows(target.subarray(0, encoder.encode(target, 0, batch.numRows)));
  return rows.map(([field]) => field?.toString(format === 'text' ? 'utf8' : 'hex'));
}

function copied(batch: RecordBatch): Buffer {
  const encoder = new CopyEncoder(batch.schema, resolveCopyOptions([{ name: 'format', value: 'binary' }], 'to'));
  encoder.setBatch(batch);
  const target = Buffer.alloc(1 << 16);
  const rows = target.subarray(0, encoder.encode(target, 0, batch.numRows));
  return Buffer.concat([...copyPayloads(rows), ...copyPayloads(encoder.trailer())]);
}

describe.each(typeTexts)('strings that are declared as $type', ({ type, texts }) => {
  test.each(storages)('have the text and the binary form that PostgreSQL gives them, in %s', async (storage) => {
    const { readings } = await readByOracle(type, texts);
    const expected = readings.map((reading) => ('sqlstate' in reading ? undefined : reading));
    const batch = batchOf(type, [...texts, null], storage);
    expect(encoded(batch, 'text')).toEqual([...expected.map((reading) => reading?.output), undefined]);
    expect(encoded(batch, 'binary')).toEqual([...expected.map((reading) => reading?.binary), undefined]);
  });

  // PostgreSQL sends an empty query or vector, and does not take it.
  const taken = /vector$|^tsquery$/.test(type) ? texts.filter((text) => text !== '' || type === 'tsvector') : texts;

  test.each(storages)('go through COPY BINARY and come back, in %s', (storage) => {
    const batch = batchOf(type, [...taken, null], storage);
    const options = resolveCopyOptions([{ name: 'format', value: 'binary' }], 'from');
    const decoder = new CopyDecoder(batch.schema, options, { table: 't' });
    const batches = [...decoder.push(copied(batch)), ...decoder.end()];
    expect(batches.flatMap((decoded) => decoded.toArray().map(({ x }) => x))).toEqual([...taken, null]);
  });
});

const clocks = [
  '00:00:00',
  '23:59:59.999999',
  '12:34:56.5',
  '12:34:56.50',
  '12:34:56.',
  '12:34:5',
  '24:00:00',
  '12:60:00',
];
const days = [
  '2024-02-29',
  '2023-02-29',
  '0001-01-01',
  '0000-01-01',
  '2024-13-01',
  '2024-04-31',
  '2024-1-1',
  '12024-01-01',
];
/** Clocks with parts that have no digits. */
const oddClocks = [
  ...[
    '10:20:',
    '10:20:.5',
    '10:20:.',
    '10:20:.00',
    '10:20:.9999999',
    '10:20:30.',
    '10:20:60.',
    '10:20:.5:',
    '10:20:.5.5',
  ],
  ...['10:', '10:.5', '10:.', '10:20.', '10:20.5', '10:20.5:30', '59:60.5', '59:61.5', '60:00.5', '10:60.5', '10.5:20'],
  ...[
    '10::',
    '10::20',
    '10::.5',
    '10::20.5',
    '10:::20',
    '10::61',
    '24::',
    '24::.5',
    '24::00.000001',
    '23:59:60',
    '23:59:60.5',
  ],
  ...[':20', ':20:30', '::20', ':', '::', '1:2:3', '1:2:3.5', '001:002:003', '1:60:', '25:', '25:20:.5', '10:20:.5:30'],
  ...['99999999999999999999:1', '1:99999999999:', '1:1:99999999999', '10: 20', '10 :20:.5', '10:20 :.5', '10:20: .5'],
];
const oddClocksAndMore = oddClocks.flatMap((clock) => [
  clock,
  `${clock}+00`,
  `${clock} PST`,
  `${clock} pm`,
  `${clock}-03:30`,
]);
const moments = [
  ...days.map((day) => `${day} 12:34:56`),
  ...clocks.flatMap((clock) => [`2024-02-29 ${clock}`, `2024-02-29T${clock}Z`]),
  ...['2024-02-29', '2024-02-29 12:34', '2024-02-29 12:34:56x', '2024-02-29 12:34:56.1234567', ' 2024-02-29 12:34:56'],
];
const momentTexts: Readonly<Record<string, readonly string[]>> = {
  date: [...days, '2024-02-29 00:00:00'],
  time: [...clocks, ...oddClocksAndMore, '12:34:56+00', '12:34:56.1234567'],
  timetz: oddClocksAndMore,
  timestamp: [...moments, ...oddClocksAndMore.map((clock) => `2024-02-29 ${clock}`)],
  timestamptz: [
    ...oddClocksAndMore.map((clock) => `2024-02-29 ${clock}`),
    ...moments,
    ...moments.flatMap((moment) => [`${moment}+00`, `${moment}+01`, `${moment}+00:00`]),
  ],
};

describe.each([{}, { TimeZone: 'Asia/Kolkata' }, { TimeZone: 'Etc/UTC', DateStyle: 'German, DMY' }])(
  'in a session of %j',
  (session: Readonly<Record<string, string>>) => {
    test.each(Object.entries(momentTexts))(
      '%s that is printed already, or nearly, is read as any other',
      async (type, texts) => {
        const { readings } = await readByOracle(type, texts, session);
        const read = (text: string, format: 'text' | 'binary') => {
          try {
            return encoded(batchOf(type, [text], new Utf8()), format, session)[0];
          } catch (error) {
            return isPgError(error) ? error.sqlstate : error;
          }
        };
        const taken = readings.map((reading) =>
          'sqlstate' in reading ? [reading.sqlstate, reading.sqlstate] : [reading.output, reading.binary],
        );
        expect(texts.map((text) => [read(text, 'text'), read(text, 'binary')])).toEqual(taken);
      },
    );
  },
);

const sessions: readonly Readonly<Record<string, string>>[] = [
  { TimeZone: 'America/New_York' },
  { TimeZone: 'Asia/Kolkata', DateStyle: 'SQL, DMY', IntervalStyle: 'sql_standard' },
  { TimeZone: 'Europe/Berlin', DateStyle: 'Postgres, MDY', IntervalStyle: 'iso_8601', extra_float_digits: '-2' },
  { TimeZone: '<+05>-05', DateStyle: 'German, DMY', IntervalStyle: 'postgres_verbose', bytea_output: 'escape' },
  { DateStyle: 'Postgres, DMY', extra_float_digits: '0' },
];

describe.each(sessions)('in a session of %j', (session) => {
  test.each(typeTexts)('strings that are declared as $type are what PostgreSQL prints', async ({ type, texts }) => {
    const list = texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(type === 'box' ? ';' : ',');
    const columns: readonly (readonly [string, readonly string[]])[] = [
      [type, texts],
      ...(/^(int2|oid)vector$/.test(type) ? [] : [[`${type}[]`, [`{${list}}`]] as const]),
    ];
    for (const [declared, values] of columns) {
      const { readings } = await readByOracle(declared, values, session);
      const batch = batchOf(declared, values, new Utf8());
      expect(encoded(batch, 'text', session)).toEqual(readings.map((reading) => 'output' in reading && reading.output));
      expect(encoded(batch, 'binary', session)).toEqual(
        readings.map((reading) => 'binary' in reading && reading.binary),
      );
    }
  });

  test.each([
    ['timestamp(3)', '2024-01-02 03:04:05.6789'],
    ['timestamptz(0)', '2024-01-02 03:04:05.6789+02'],
    ['interval(2)', '1 day -04:05:06.789'],
    ['interval day to minute', '3 days 04:05:06'],
    ['numeric(6,2)', '12.345'],
  ])('%s: the modifier is applied to %s first', async (type, text) => {
    const { readings } = await readByOracle(type, [text], session);
    const batch = batchOf(type, [text], new Utf8());
    expect(encoded(batch, 'text', session)).toEqual(readings.map((reading) => 'output' in reading && reading.output));
  });
});
