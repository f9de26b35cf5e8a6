import { allTypes, buildData, fieldOf } from '@riffq/all-types';
import { DataType, Field, type RecordBatch, Schema, Table, tableFromArrays, Utf8, vectorFromArray } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CopyEncoder } from '../../src/copy/copy-encoder.js';
import { resolveCopyOptions } from '../../src/copy/options/resolve-copy-options.js';
import { makeRecordBatch } from '../../src/record-batch.js';
import { mismatches } from '../mismatches.js';
import { binary, csv, optionLists } from './copy-option-lists.js';
import { CopyOracle } from './copy-oracle.js';
import { copyPayloads, encodeCopy, writeCopyOptions } from './encode-copy.js';

/** All values of the table of types as one column each, with a NULL at the end, repeated so that all are equally long. */
const rowCount = 24;
function allTypesBatch(): {
  readonly batch: RecordBatch;
  readonly types: readonly string[];
  texts: (string | null)[][];
} {
  const cases = allTypes.filter(({ type }) => !DataType.isNull(type));
  const texts = Array.from({ length: rowCount }, (_, row) =>
    cases.map(({ values }) =>
      row % (values.length + 1) === values.length ? null : values[row % (values.length + 1)]![1],
    ),
  );
  const data = cases.map(({ type, values }) =>
    buildData(
      type,
      Array.from({ length: rowCount }, (_, row) => values[row % (values.length + 1)]?.[0] ?? null),
    ),
  );
  const schema = new Schema(
    cases.map((typeCase, index) => fieldOf(typeCase, index === 3 ? 'a "b",\t\\' : `c${index}`)),
  );
  return { batch: makeRecordBatch(schema, rowCount, data), types: cases.map(({ postgres }) => postgres.name), texts };
}

describe('COPY TO STDOUT', () => {
  let oracle: CopyOracle;
  let columns = '';
  const { batch, types, texts } = allTypesBatch();
  beforeAll(async () => {
    oracle = await CopyOracle.open();
    await oracle.run("SET TimeZone = 'UTC'");
    const names = batch.schema.fields.map(({ name }) => `"${name.replaceAll('"', '""')}"`);
    columns = names.join();
    await oracle.run(
      `CREATE TEMPORARY TABLE copied (n serial, ${names.map((name, index) => `${name} ${types[index]}`)})`,
    );
    const rows = texts.map(
      (row) => `(${row.map((text) => (text === null ? 'NULL' : `'${text.replaceAll("'", "''")}'`))})`,
    );
    const { error } = await oracle.run(`INSERT INTO copied (${columns}) VALUES ${rows}`);
    if (error !== undefined) throw new Error(error.message);
  });
  afterAll(() => oracle[Symbol.asyncDispose]());

  test.each(optionLists.map((options) => [writeCopyOptions(options), options] as const))(
    'writes every type, row by row, as PostgreSQL does WITH (%s)',
    async (written, options) => {
      const { data, error } = await oracle.run(
        `COPY (SELECT ${columns} FROM copied ORDER BY n) TO STDOUT WITH (${written || "format 'text'"})`,
      );
      expect(error).toBeUndefined();
      const ours = encodeCopy([batch], resolveCopyOptions(options, 'to'));
      const latin1 = (payloads: readonly Uint8Array[]) =>
        payloads.map((payload) => Buffer.from(payload).toString('latin1'));
      expect(mismatches(latin1(ours), latin1(data))).toEqual([]);
    },
  );

  test.each(optionLists.map((options) => [writeCopyOptions(options), options] as const))(
    'writes any text as PostgreSQL does WITH (%s)',
    async (written, options) => {
      const alphabet = [
        'a',
        '"',
        "'",
        '\\',
        ',',
        ';',
        '|',
        '\t',
        '\n',
        '\r',
        '\b',
        '\v',
        '\f',
        '.',
        'é',
        '0',
        '1',
        ' ',
        '\u0001',
      ];
      const random = Array.from({ length: 400 }, () =>
        Array.from(
          { length: Math.floor(Math.random() * 5) },
          () => alphabet[Math.floor(Math.random() * alphabet.length)],
        ).join(''),
      );
      const values = ['', '\\.', '\\N', 'NaN', 'nothing', ...random];
      const literal = Buffer.from(JSON.stringify(values)).toString('hex');
      const query = `SELECT v AS x FROM json_array_elements_text(convert_from('\\x${literal}', 'UTF8')::json) v`;
      const { data, error } = await oracle.run(`COPY (${query}) TO STDOUT WITH (${written || "format 'text'"})`);
      expect(error).toBeUndefined();
      const table = new Table({ x: vectorFromArray(values, new Utf8()) });
      const ours = encodeCopy(table.batches, resolveCopyOptions(options, 'to'));
      expect(ours.map(String)).toEqual(data.map(String));
    },
  );

  test('without rows is the header and the trailer alone', async () => {
    const empty = new Table(new Schema([new Field('a', new Utf8(), true), new Field('b "c"', new Utf8(), true)]));
    for (const options of [[], [csv], [csv, { name: 'header' }], [{ name: 'header' }], [binary]]) {
      const query = 'SELECT \'\'::text AS a, \'\'::text AS "b ""c""" LIMIT 0';
      const { data } = await oracle.run(
        `COPY (${query}) TO STDOUT WITH (${writeCopyOptions(options) || "format 'text'"})`,
      );
      const encoder = new CopyEncoder(empty.schema, resolveCopyOptions(options, 'to'));
      const ours = Buffer.concat([encoder.header(), encoder.trailer()]);
      expect(copyPayloads(ours).map(String)).toEqual(data.map(String));
    }
  });

  test('comes in chunks of any size, as the row encoder does', () => {
    const table = tableFromArrays({
      id: Int32Array.from({ length: 1000 }, (_, index) => index),
      name: Array.from({ length: 1000 }, (_, index) => `"n${index}"`),
    });
    for (const options of [[], [csv], [binary]]) {
      const resolved = resolveCopyOptions(options, 'to');
      const whole = encodeCopy(table.batches, resolved);
      expect(whole.length).toBe(options[0] === binary ? 1001 : 1000);
      expect(encodeCopy(table.batches, resolved, { bufferBytes: 40 })).toEqual(whole);
      expect(encodeCopy(table.batches, resolved, { bufferBytes: 5000, maxRows: 7 })).toEqual(whole);
    }
  });

  test('refuses a FORCE_QUOTE column that is not copied', async () => {
    const { error } = await oracle.run("COPY (SELECT 1 AS a) TO STDOUT WITH (format 'csv', force_quote (b))");
    const options = resolveCopyOptions([csv, { name: 'force_quote', value: { columns: ['b'] } }], 'to');
    const schema = new Schema([new Field('a', new Utf8(), true)]);
    expect(error).toMatchObject({ sqlstate: '42703', message: 'column "b" does not exist' });
    expect(() => new CopyEncoder(schema, options)).toThrow(
      expect.objectContaining({ sqlstate: error?.sqlstate, message: error?.message }),
    );
  });
});
