import { allTypes, buildData, fieldOf } from '@riffq/all-types';
import { Schema } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RawCopyOption } from '../../src/copy/options/copy-options.js';
import { resolveCopyOptions } from '../../src/copy/options/resolve-copy-options.js';
import { makeRecordBatch } from '../../src/record-batch.js';
import { arrowTypes, type Columns, copyIntoArrow, decodeBatches, type PostgresType, schemaOf } from './copy-in.js';
import { encodeCopy } from './encode-copy.js';
import { hostileBytes, hostileTexts } from './hostile-values.js';

const csv: RawCopyOption = { name: 'format', value: 'csv' };
const binary: RawCopyOption = { name: 'format', value: 'binary' };
/** With a marker of defaults every line goes the ordinary way, and a file of single bytes every row of binary. */
const ordinarily: RawCopyOption = { name: 'default', value: 'the default' };
const ignore: RawCopyOption = { name: 'on_error', value: 'ignore' };

/** Rows after which a COPY is read by a loop of its own, and later ones of the same columns too. */
const LONG = 10_001;

const header = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');

function rowOf(fields: readonly (Uint8Array | null)[]): Buffer {
  const count = Buffer.alloc(2);
  count.writeInt16BE(fields.length);
  const parts = fields.map((field) => {
    const size = Buffer.alloc(4);
    size.writeInt32BE(field?.length ?? -1);
    return Buffer.concat([size, field ?? new Uint8Array()]);
  });
  return Buffer.concat([count, ...parts]);
}

/** A value as it is written in text, or in CSV with or without quotes. */
function written(text: string | null, format: 'text' | 'csv', quoted: boolean): string {
  if (format === 'text') {
    const letters: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't', '\\': '\\' };
    return text === null ? '\\N' : text.replaceAll(/[\n\r\t\\]/g, (character) => `\\${letters[character]}`);
  }
  if (text === null) return '';
  return quoted || /[",\n\r]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text;
}

function tableOf(type: PostgresType): Columns {
  return { a: type, b: 'text', c: type };
}

/** Rows of a table of the type: values, what stands in the column of text as it is, and whether there are quotes where none have to be. */
interface HostileRow {
  readonly a: string | null;
  readonly b: string | null;
  readonly raw: string;
  readonly c: string | null;
  readonly quoted: boolean;
}

const rawPieces = fc.array(
  fc.constantFrom(
    'x',
    'é',
    ' ',
    '\\',
    '\\\\',
    '\\n',
    '\\t',
    '\\N',
    '\\x41',
    '\\101',
    '\\q',
    '\\.',
    '\\\n',
    '"',
    '""',
    "'",
    '|',
    '\u0001',
  ),
  { maxLength: 6 },
);

/** Short ones, and some that are too long to be looked at byte by byte. */
const texts = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  fc
    .tuple(fc.integer({ min: 1, max: 300 }), fc.string({ unit: 'grapheme', maxLength: 12 }), fc.nat(5))
    .map(([length, text, more]) => `${'x'.repeat(length)}${text}`.repeat(more + 1)),
);

function rowsOf(type: PostgresType): fc.Arbitrary<readonly HostileRow[]> {
  const row = fc.record({
    a: fc.option(hostileTexts(type)),
    b: fc.option(texts),
    raw: fc.oneof(
      { weight: 9, arbitrary: fc.constant('') },
      rawPieces.map((pieces) => pieces.join('')),
    ),
    c: fc.option(hostileTexts(type)),
    quoted: fc.boolean(),
  });
  return fc.array(row, { minLength: 1, maxLength: 30 });
}

/** Rows of which the first are NULLs, so that it is known how lines end before the others come. */
function linesOf(rows: readonly HostileRow[], format: 'text' | 'csv', newline: string): Buffer {
  const lines = rows.map(({ a, b, raw, c, quoted }) => {
    const [first, second, third] = [a, b, c].map((text) => written(text?.replaceAll('\0', '') ?? null, format, quoted));
    return [first, raw === '' ? second : raw, third].join(format === 'csv' ? ',' : '\t');
  });
  const nulls = format === 'csv' ? ',,' : '\\N\t\\N\t\\N';
  return Buffer.from([nulls, ...lines, ''].join(newline), 'utf8');
}

/** Cuts data at places that the numbers pick. */
function cut(data: Buffer, places: readonly number[]): Uint8Array[] {
  const sorted = [0, ...places.map((place) => place % (data.length + 1)).sort((a, b) => a - b), data.length];
  return sorted.slice(1).map((end, index) => data.subarray(sorted[index], end));
}

const postgresTypes = Object.keys(arrowTypes).filter((name): name is PostgresType => name in arrowTypes);
const places = fc.array(fc.nat(10_000), { maxLength: 5 });

// At first by the loop for all columns, then by those generated for these.
describe.each(['short', 'long'])('rows that a loop reads are what the ordinary way reads, in %s COPYs', (length) => {
  test.each(postgresTypes)('%s as text', (type) => {
    const table = tableOf(type);
    if (length === 'long') {
      expect(copyIntoArrow(table, [], [Buffer.from('\\N\t\\N\t\\N\n'.repeat(LONG))]).rows).toHaveLength(LONG);
    }
    fc.assert(
      fc.property(
        rowsOf(type),
        fc.constantFrom('text' as const, 'csv' as const),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom([], [ignore], [ignore], [ignore]),
        places,
        (values, format, newline, more, at) => {
          const options = [{ name: 'format', value: format }, ...more];
          const data = linesOf(values, format, newline);
          const expected = copyIntoArrow(table, [...options, ordinarily], [data]);
          expect(copyIntoArrow(table, options, cut(data, at))).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  test.each(postgresTypes)('%s as binary', (type) => {
    const table = tableOf(type);
    if (length === 'long') {
      const nulls = Buffer.concat([header, ...Array.from({ length: LONG }, () => rowOf([null, null, null]))]);
      expect(copyIntoArrow(table, [binary], [nulls]).rows).toHaveLength(LONG);
    }
    const value = fc.option(hostileBytes);
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value), { maxLength: 6 }), places, (values, at) => {
        const data = Buffer.concat([header, ...values.map(rowOf)]);
        const single = Array.from(data, (byte) => Uint8Array.of(byte));
        expect(copyIntoArrow(table, [binary], cut(data, at))).toEqual(copyIntoArrow(table, [binary], single));
      }),
      { numRuns: 150 },
    );
  });
});

describe.each(['text', 'csv'])('NULLs of a long COPY in %s', (format) => {
  test.each(['', '\\N', 'x', 'NULL', 'é', 'nothing'])('written %j', (marker) => {
    const delimiter = format === 'csv' ? ',' : '\t';
    const options = [
      { name: 'format', value: format },
      { name: 'null', value: marker },
    ];
    for (const newline of ['\n', '\r\n']) {
      const lines = Array.from({ length: LONG + 500 }, (_, row) => {
        const text = row % 7 === 0 ? `${marker}y` : `t${row}`;
        return [row % 3 === 0 ? marker : row, row % 5 === 0 ? marker : text, row % 4 === 0 ? marker : -row].join(
          delimiter,
        );
      });
      const data = [Buffer.from([...lines, ''].join(newline))];
      const read = copyIntoArrow(tableOf('int4'), options, data);
      expect(read.rows).toHaveLength(lines.length);
      expect(read).toEqual(copyIntoArrow(tableOf('int4'), [...options, ordinarily], data));
    }
  });
});

/** Of every length where the way to copy changes, with characters of every length and such as are escaped or quoted. */
const longTexts = [
  0, 1, 31, 32, 33, 63, 64, 65, 66, 67, 68, 69, 95, 96, 97, 128, 1023, 1535, 1536, 1537, 70_000,
].flatMap((length) => ['x', 'é🐘', '\\', '"'].map((last) => 'x'.repeat(length) + last));

test.each([[[]], [[csv]], [[binary]]])('text of any length comes back, %j', (options) => {
  const schema = schemaOf({ a: 'text', b: 'text' });
  const lines = Array.from({ length: LONG }, () => 'x\ty\n').join('');
  const texts = longTexts.flatMap((text) => [`${text}\t${text}\n`, `y\t${text}\n`]);
  const data = [Buffer.from(lines + texts.join('').replaceAll('\\', '\\\\'))];
  const to = resolveCopyOptions(options, 'to');
  const copied = encodeCopy(decodeBatches(schema, [{ name: 'default', value: 'none' }], data).batches, to);
  expect(Buffer.concat(copied).length).toBeGreaterThan(longTexts.join('').length);
  const { batches, error } = decodeBatches(schema, options, copied);
  expect(error).toBeUndefined();
  expect(Buffer.concat(encodeCopy(batches, to)).equals(Buffer.concat(copied))).toBe(true);
});

// What lies behind a chunk in memory goes on as rows do, so that a loop that does not look may go on too.
test.each([
  ['int8', 8, 64],
  ['uuid', 16, 50],
  ['uuid', 16, 52],
  ['uuid', 16, 64],
] as const)('%s of %i bytes in %i columns of a long COPY, in chunks of one memory', (type, size, count) => {
  const names = Array.from({ length: count }, (_, column) => `c${column}`);
  const table: Columns = Object.fromEntries(names.map((name) => [name, type]));
  const rows = LONG + 500;
  const row = rowOf(names.map((_, column) => Buffer.alloc(size, column)));
  const data = Buffer.concat([header, ...Array.from({ length: rows }, () => row)]);
  for (const chunkBytes of [16_384, 65_536 + 333, data.length]) {
    const chunks = Array.from({ length: Math.ceil(data.length / chunkBytes) }, (_, chunk) =>
      data.subarray(chunk * chunkBytes, (chunk + 1) * chunkBytes),
    );
    const { batches, error } = decodeBatches(schemaOf(table), [binary], chunks);
    expect(error).toBeUndefined();
    expect(
      Buffer.concat(encodeCopy(batches, resolveCopyOptions([binary], 'to')))
        .subarray(0, -2)
        .equals(data),
    ).toBe(true);
  }
});

/** For every batch of a column: a number that picks each value, 0 for NULL. */
const picked = fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 });

test('random batches of any columns come back from any format, however the data was cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...allTypes), { minLength: 1, maxLength: 5 }),
      picked,
      fc.constantFrom([], [csv], [binary]),
      fc.integer({ min: 1, max: 40 }),
      places,
      (cases, picks, options, batchRows, at) => {
        const schema = new Schema(cases.map((typeCase, index) => fieldOf(typeCase, `c${index}`)));
        const children = cases.map(({ type, values }, index) => {
          const raws = picks.map((pick) => values[((pick * (index + 1)) % (values.length + 1)) - 1]?.[0] ?? null);
          return buildData(type, raws);
        });
        const batch = makeRecordBatch(schema, picks.length, children);
        const to = resolveCopyOptions(options, 'to');
        const data = Buffer.concat(encodeCopy([batch], to));
        const { batches, error } = decodeBatches(schema, options, cut(data, at), batchRows);
        expect(error).toBeUndefined();
        expect(
          batches
            .map(({ numRows }) => numRows)
            .slice(0, -1)
            .every((count) => count === batchRows),
        ).toBe(true);
        expect(Buffer.concat(encodeCopy(batches, to))).toEqual(data);
      },
    ),
    { numRuns: 500 },
  );
});
