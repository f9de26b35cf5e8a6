import { allTypes, buildData, fieldOf } from '@riffq/all-types';
import { type Data, DataType, Field, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { expect, test } from 'vitest';
import type { CopyOptions } from '../../src/copy/options/copy-options.js';
import { resolveCopyOptions } from '../../src/copy/options/resolve-copy-options.js';
import { makeRecordBatch } from '../../src/record-batch.js';
import { binary, csv, optionLists } from './copy-option-lists.js';
import { encodeCopy, writeCopyOptions } from './encode-copy.js';

/** So many rows go before a loop is generated. */
const before = 10_000;
const rows = 600;
/** A batch of so few never has one. */
const few = 50;
/** Columns that a generated loop can have. */
const most = 60;

/** The last rows of a long result, and the same as results of a few rows. */
function lastRows(batch: RecordBatch, options: CopyOptions): { readonly long: string[]; readonly short: string[] } {
  const long = encodeCopy([batch.slice(0, before), batch.slice(before, before + rows)], options)
    .map(String)
    .slice(-rows);
  const short: string[] = [];
  for (let at = before; at < before + rows; at += few) {
    short.push(
      ...encodeCopy([batch.slice(at, at + few)], options)
        .map(String)
        .slice(-few),
    );
  }
  return { long, short };
}

/** All types with NULLs among their values, as many in each batch as a loop can have. */
function batchesOfTypes(): RecordBatch[] {
  const cases = allTypes.filter(({ type }) => !DataType.isNull(type));
  return Array.from({ length: Math.ceil(cases.length / most) }, (_group, group) => {
    const some = cases.slice(group * most, (group + 1) * most);
    const children = some.map(({ type, values }, column) =>
      buildData(
        type,
        Array.from({ length: before + rows }, (_row, row) => values[(row + column) % (values.length + 1)]?.[0] ?? null),
      ),
    );
    const schema = new Schema(some.map((typeCase, at) => fieldOf(typeCase, `c${at}`)));
    return makeRecordBatch(schema, before + rows, children);
  });
}

/** Texts of which the last ones hold, here and there, what has to be quoted or escaped. */
function batchOfTexts(columns: number): RecordBatch {
  const odd = [
    '',
    'a\tb',
    '\\',
    '\\.',
    'a,b',
    '"',
    "it's",
    'x\ny',
    '\r',
    'NaN',
    '0',
    'nothing',
    'ä|ö',
    '\b\v\f',
    '- :;',
  ];
  const texts = Array.from({ length: before + rows }, (_, row) => {
    const late = row - before;
    return (late >= 0 && late % 40 === 0 && odd[late / 40]) || `row ${row}`;
  });
  const children = Array.from({ length: columns }, (_, at) => textData([...texts.slice(at), ...texts.slice(0, at)]));
  const schema = new Schema(children.map(({ type }, at) => new Field(`c${at}`, type, true)));
  return makeRecordBatch(schema, texts.length, children);
}

function textData(texts: readonly (string | null)[]): Data<Utf8> {
  const [data] = vectorFromArray(texts, new Utf8()).data;
  if (data === undefined) throw new Error('texts make no data');
  return data;
}

const types = batchesOfTypes();
const texts = [batchOfTexts(1), batchOfTexts(3)];
const inLines = optionLists.filter((list) => !list.includes(binary));

test.each(inLines.map((list) => [writeCopyOptions(list), list] as const))(
  'a long COPY gives the lines of short ones: %s',
  (_, list) => {
    const options = resolveCopyOptions(list, 'to');
    // One option at a time is enough for all types.
    for (const batch of list.length < 2 ? [...types, ...texts] : texts) {
      const { long, short } = lastRows(batch, options);
      expect(long).toEqual(short);
    }
  },
);

test('FORCE_QUOTE of one column leaves the others bare', () => {
  const texts = textData(Array.from({ length: before + rows }, (_, row) => (row % 7 === 0 ? null : 'plain')));
  const schema = new Schema(['a', 'b'].map((name) => new Field(name, texts.type, true)));
  const batch = makeRecordBatch(schema, before + rows, [texts, texts]);
  const options = resolveCopyOptions([csv, { name: 'force_quote', value: { columns: ['b'] } }], 'to');
  const { long } = lastRows(batch, options);
  expect(new Set(long)).toEqual(new Set([',\n', 'plain,"plain"\n']));
});

test.each([[[]], [[csv]]])('what has to be escaped or quoted is found wherever it is in a value: %j', (list) => {
  const odd = ['\t', '\\', ',', '"', '\n', '\r', '\b', 'é', '\u007f', '\u0001'];
  const lengths = [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 95, 96, 97, 300];
  const values = Array.from({ length: rows }, (_, row) => {
    const length = lengths[row % lengths.length] ?? 1;
    const at = (row * 7) % length;
    return `${'x'.repeat(at)}${odd[row % odd.length]}${'y'.repeat(length - 1 - at)}`;
  });
  const column = textData([...Array.from({ length: before }, () => 'plain'), ...values]);
  const schema = new Schema(['a', 'b'].map((name) => new Field(name, column.type, true)));
  const { long, short } = lastRows(
    makeRecordBatch(schema, before + rows, [column, column]),
    resolveCopyOptions(list, 'to'),
  );
  expect(long).toEqual(short);
});

test.each([
  [[], 'a\tb', 'a\\tb'],
  [[], '\\', '\\\\'],
  [[csv], 'a,b', '"a,b"'],
  [[csv], '', '""'],
])('what has to be escaped or quoted is found wherever it is in a batch: %j %j', (list, odd, written) => {
  const long = 6000;
  const isOdd = (row: number) => row === before + 2500 || row === before + 5999 || row === before + 3;
  const values = Array.from({ length: before + long }, (_, row) => (isOdd(row) ? odd : `row ${row}`));
  for (const columns of [1, 2]) {
    const children = Array.from({ length: columns }, () => textData(values));
    const schema = new Schema(children.map(({ type }, at) => new Field(`c${at}`, type, true)));
    const batch = makeRecordBatch(schema, values.length, children);
    const options = resolveCopyOptions(list, 'to');
    const delimiter = options.format === 'csv' ? ',' : '\t';
    const expected = values.map(
      (value, row) => `${children.map(() => (isOdd(row) ? written : value)).join(delimiter)}\n`,
    );
    expect(encodeCopy([batch.slice(0, before), batch.slice(before)], options).map(String)).toEqual(expected);
  }
});

test('a long COPY of no columns is as many empty lines', () => {
  const batch = makeRecordBatch(new Schema([]), before + rows, []);
  const lines = encodeCopy([batch.slice(0, before), batch.slice(before)], resolveCopyOptions([], 'to')).map(String);
  expect(lines).toEqual(Array.from({ length: before + rows }, () => '\n'));
});

test('an end of data in a lone column of CSV is quoted wherever it is', () => {
  const values = Array.from({ length: before + rows }, (_, row) =>
    row % 100 === 99 ? '\\.' : row % 100 === 98 ? '\\' : 'x',
  );
  const column = textData(values);
  const batch = makeRecordBatch(new Schema([new Field('a', column.type, true)]), values.length, [column]);
  const lines = encodeCopy([batch.slice(0, before), batch.slice(before)], resolveCopyOptions([csv], 'to')).map(String);
  expect(lines).toEqual(values.map((value) => (value === '\\.' ? '"\\."\n' : `${value}\n`)));
});
