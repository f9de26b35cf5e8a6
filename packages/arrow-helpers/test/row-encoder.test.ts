import { createRequire } from 'node:module';
import { allTypes, buildData, buildDictionary, type TypeCase } from '@riffq/all-types';
import { PgError } from '@riffq/wire';
import {
  Data,
  DataType,
  Field,
  Int8,
  Int32,
  Int64,
  Null,
  RecordBatch,
  RecordBatchReader,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Uint8,
  Uint64,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { arrowBatch } from '../src/arrow-batch.js';
import { RowEncoder } from '../src/row-encoder.js';
import { encodeBatches, readDataRows } from './data-rows.js';
import { batchOf, encodeBinary, encodeText, oneColumn } from './encode-column.js';
import { askOracleAbout } from './oracle.js';

const require = createRequire(import.meta.url);

/** The table's values, each followed by a NULL. */
function withNulls({ values }: TypeCase): {
  raws: (TypeCase['values'][number][0] | null)[];
  texts: (string | null)[];
  binaries: (string | null)[];
} {
  return {
    raws: values.flatMap(([raw]) => [raw, null]),
    texts: values.flatMap(([, text]) => [text, null]),
    binaries: values.flatMap(([, , binary]) => [binary, null]),
  };
}

const cases = allTypes.map((typeCase) => ({ ...typeCase, name: nameOf(typeCase) }));

function nameOf({ type, metadata }: TypeCase): string {
  return [...(metadata?.values() ?? []), String(type)].join(' in ');
}

describe('every type', () => {
  test.each(cases)('$name is written as the table says, NULLs between', (typeCase) => {
    const { raws, texts, binaries } = withNulls(typeCase);
    const data = buildData(typeCase.type, raws);
    expect(encodeText(data, typeCase.metadata)).toEqual(texts);
    expect(encodeBinary(data, typeCase.metadata)).toEqual(binaries);
  });

  test.each(cases)('$name in a table is what PostgreSQL says', async (typeCase) => {
    expect(await askOracleAbout(typeCase)).toEqual(typeCase.values.map(([, text, binary]) => ({ text, binary })));
  });

  test.each(cases)('$name in slices, at every bit of a byte', (typeCase) => {
    const { raws, texts, binaries } = withNulls(typeCase);
    for (let bitOffset = 0; bitOffset < 9; bitOffset++) {
      const data = buildData(typeCase.type, [...raws, ...raws], bitOffset).slice(1, raws.length);
      const shifted = <T>(list: readonly T[]): T[] => [...list, ...list].slice(1, 1 + raws.length);
      expect(encodeText(data, typeCase.metadata)).toEqual(shifted(texts));
      expect(encodeBinary(data, typeCase.metadata)).toEqual(shifted(binaries));
    }
  });

  const ofValues = cases.filter(({ type }) => !DataType.isDictionary(type));
  test.each(ofValues)('$name in a dictionary of several chunks, with nulls in it', (typeCase) => {
    const { raws, texts, binaries } = withNulls(typeCase);
    for (const indices of [new Int8(), new Uint8(), new Int32(), new Int64(), new Uint64()]) {
      const data = buildDictionary(typeCase.type, [...raws, ...raws], { indices, chunkRows: 2, bitOffset: 3 });
      expect(encodeText(data, typeCase.metadata)).toEqual([...texts, ...texts]);
      expect(encodeBinary(data, typeCase.metadata)).toEqual([...binaries, ...binaries]);
      expect(encodeText(data.slice(1, texts.length), typeCase.metadata)).toEqual(
        [...texts, ...texts].slice(1, texts.length + 1),
      );
    }
  });

  test('Null is NULL in both formats', () => {
    expect(encodeText(buildData(new Null(), [null, null]))).toEqual([null, null]);
    expect(encodeBinary(buildData(new Null(), [null, null]))).toEqual([null, null]);
  });
});

describe('rows', () => {
  test('hold the columns side by side, each in its own format', () => {
    const batch = batchOf({
      id: buildData(new Int32(), [1, null]),
      name: buildData(new Utf8(), [null, Buffer.from('Oslo')]),
    });
    expect(encodeBatches(batch.schema, [batch], ['binary', 'text'])).toEqual([
      [Buffer.of(0, 0, 0, 1), null],
      [null, Buffer.from('Oslo')],
    ]);
  });

  test('are DataRow messages, byte for byte', () => {
    const batch = batchOf({ id: buildData(new Int32(), [258]), name: buildData(new Utf8(), [null]) });
    const encoder = new RowEncoder(batch.schema, ['binary', 'text']);
    encoder.setBatch(batch);
    const target = Buffer.alloc(64);
    const end = encoder.encode(target, 0, 1);
    expect(target.subarray(0, end).toString('hex')).toBe('44000000120002' + '0000000400000102' + 'ffffffff');
  });

  test('without columns are counted and sent', () => {
    const schema = new Schema([]);
    const batch = new RecordBatch(schema, new Data(new Struct([]), 0, 3, 0));
    expect(encodeBatches(schema, [batch], [])).toEqual([[], [], []]);
  });

  test('of batches of no rows are none', () => {
    const batch = batchOf({ id: buildData(new Int32(), []), name: buildData(new Utf8(), []) });
    expect(encodeBatches(batch.schema, [batch, batch], ['text', 'binary'])).toEqual([]);
  });

  test('come in order through a buffer of any size, and are counted', () => {
    const texts = Array.from({ length: 1000 }, (_, row) => 'x'.repeat((row * 37) % 200));
    const data = buildData(
      new Utf8(),
      texts.map((text) => Buffer.from(text)),
    );
    const batch = oneColumn(data);
    for (const bufferBytes of [0, 1, 50, 1000, 5000, 1_000_000]) {
      const rows = encodeBatches(batch.schema, [batch], ['text'], { bufferBytes });
      expect(rows.map(([field]) => String(field))).toEqual(texts);
    }
  });

  test('stop at maxRows', () => {
    const batch = oneColumn(buildData(new Int32(), [1, 2, 3, 4, 5]));
    const encoder = new RowEncoder(batch.schema, ['text']);
    encoder.setBatch(batch);
    const target = Buffer.alloc(1000);
    expect(readDataRows(target.subarray(0, encoder.encode(target, 0, 2)))).toHaveLength(2);
    expect([encoder.encodedRows, encoder.remainingRows]).toEqual([2, 3]);
    expect(encoder.encode(target, 0, 0)).toBe(0);
    encoder.encode(target, 0, 100);
    expect([encoder.encodedRows, encoder.remainingRows, encoder.nextRowSize()]).toEqual([5, 0, 0]);
    expect(encoder.encode(target, 10, 100)).toBe(10);
  });

  test('that do not fit are not begun, and nextRowSize says what they need', () => {
    const batch = oneColumn(buildData(new Utf8(), [Buffer.alloc(100_000, 'y')]));
    const encoder = new RowEncoder(batch.schema, ['text']);
    encoder.setBatch(batch);
    const small = Buffer.alloc(65_536);
    expect(encoder.encode(small, 0, 1)).toBe(0);
    expect(small.every((byte) => byte === 0)).toBe(true);
    const large = Buffer.alloc(encoder.nextRowSize());
    expect(encoder.encode(large, 0, 1)).toBe(100_011);
  });

  test('of a batch that is given up do not come', () => {
    const batch = oneColumn(buildData(new Int32(), [1, 2, 3]));
    const encoder = new RowEncoder(batch.schema, ['text']);
    encoder.setBatch(batch);
    encoder.encode(Buffer.alloc(100), 0, 1);
    encoder.setBatch(batch);
    expect(encoder.remainingRows).toBe(3);
  });
});

describe('batches', () => {
  test('may each have another dictionary', () => {
    const first = oneColumn(buildDictionary(new Utf8(), [Buffer.from('a'), Buffer.from('b')]));
    const second = oneColumn(buildDictionary(new Utf8(), [Buffer.from('c')]));
    const rows = encodeBatches(first.schema, [first, second, first], ['text']);
    expect(rows.map(([field]) => String(field))).toEqual(['a', 'b', 'c', 'a', 'b']);
  });

  test('may hold the same PostgreSQL types in other Arrow types', () => {
    const plain = oneColumn(buildData(new Utf8(), [Buffer.from('a')]));
    const encoded = oneColumn(buildDictionary(new Utf8(), [Buffer.from('b')]));
    expect(encodeBatches(plain.schema, [plain, encoded], ['text'])).toEqual([[Buffer.from('a')], [Buffer.from('b')]]);
  });

  test('of another type are refused, naming batch and column', () => {
    const first = oneColumn(buildData(new Int32(), [1]));
    const second = oneColumn(buildData(new Utf8(), [Buffer.from('one')]));
    expect(() => encodeBatches(first.schema, [first, second], ['text'])).toThrow(
      expect.objectContaining({ sqlstate: 'XX000', message: 'batch 2 of the result has another schema in column "x"' }),
    );
  });

  test('of other names or another number of columns are refused', () => {
    const batch = batchOf({ a: buildData(new Int32(), [1]) });
    const renamed = batchOf({ b: buildData(new Int32(), [1]) });
    const wider = batchOf({ a: buildData(new Int32(), [1]), b: buildData(new Int32(), [1]) });
    expect(() => encodeBatches(batch.schema, [renamed], ['text'])).toThrow(PgError);
    expect(() => encodeBatches(batch.schema, [wider], ['text'])).toThrow(
      'batch 1 of the result has 2 columns instead of 1',
    );
  });

  test('that came as IPC are read where they lie', () => {
    const batch = batchOf({
      id: buildData(new Int32(), [7, null, 9]),
      name: buildDictionary(new Utf8(), [Buffer.from('x'), Buffer.from('y'), null]),
    });
    const bytes = tableToIPC(new Table([batch]), 'stream');
    const reader = RecordBatchReader.from(bytes).open();
    expect(
      encodeBatches(reader.schema, [...reader], ['text', 'text']).map((row) =>
        row.map((field) => field && String(field)),
      ),
    ).toEqual([
      ['7', 'x'],
      [null, 'y'],
      ['9', null],
    ]);
  });

  test('whose columns were lengthened with nulls by apache-arrow have those nulls', () => {
    const schema = new Schema([new Field('a', new Int32(), true), new Field('b', new Utf8(), true)]);
    const children = [buildData(new Int32(), [1, 2, 3]), buildData(new Utf8(), [Buffer.from('only')])];
    const struct = new Data(new Struct(schema.fields), 0, 3, 0, undefined, children);
    const rows = encodeBatches(schema, [new RecordBatch(schema, struct)], ['text', 'text'], { bufferBytes: 30 });
    expect(rows.map((row) => row.map((field) => field && String(field)))).toEqual([
      ['1', 'only'],
      ['2', null],
      ['3', null],
    ]);
  });

  test('of two columns of one name keep both types', () => {
    const batch = arrowBatch([vectorFromArray([5], new Int32()), vectorFromArray(['five'], new Utf8())], ['n', 'n']);
    expect(encodeBatches(batch.schema, [batch], ['text', 'text'])).toEqual([[Buffer.from('5'), Buffer.from('five')]]);
  });

  test('may be made by another copy of apache-arrow', () => {
    const copy: typeof import('apache-arrow') = require('apache-arrow');
    expect(copy.RecordBatch).not.toBe(RecordBatch);
    const table = copy.tableFromIPC(tableToIPC(new Table([oneColumn(buildData(new Int32(), [1, null]))])));
    const made = new copy.Table({ d: copy.vectorFromArray(['a', 'b', 'a']) });
    expect(encodeBatches(table.schema, table.batches, ['text'])).toEqual([[Buffer.from('1')], [null]]);
    expect(encodeBatches(made.schema, made.batches, ['text'])).toEqual(
      ['a', 'b', 'a'].map((text) => [Buffer.from(text)]),
    );
  });
});
