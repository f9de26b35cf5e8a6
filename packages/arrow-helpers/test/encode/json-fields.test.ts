import { buildData } from '@riffq/all-types';
import { Bool, Field, Int32, Map_, Schema, Struct, TimestampSecond } from 'apache-arrow';
import { Client } from 'pg';
import { expect, inject, test } from 'vitest';
import { makeRecordBatch } from '../../src/record-batch.js';
import { RowEncoder } from '../../src/row-encoder.js';
import { readDataRows } from '../data-rows.js';
import { encodeText } from '../encode-column.js';

test('moments with a zone end alike in a buffer that held anything before', () => {
  const type = new Struct([new Field('at', new TimestampSecond('UTC'))]);
  const schema = new Schema([new Field('x', type)]);
  const encoder = new RowEncoder(schema, ['text']);
  encoder.setBatch(makeRecordBatch(schema, 1, [buildData(type, [[5n]])]));
  const target = new Uint8Array(500).fill(':'.charCodeAt(0));
  const rows = readDataRows(target.subarray(0, encoder.encode(target, 0, 1)));
  expect(rows.map(([field]) => String(field))).toEqual(['{"at":"1970-01-01T00:00:05+00:00"}']);
});

test('truth values are the same words as keys and as values', async () => {
  const entry = new Struct<{ key: Bool; value: Int32 }>([
    new Field('key', new Bool(), false),
    new Field('value', new Int32()),
  ]);
  const map = buildData(new Map_(new Field('entries', entry)), [
    [
      [true, 1],
      [false, null],
    ],
  ]);
  const oracle = new Client({ ...inject('oracle') });
  await oracle.connect();
  const { rows } = await oracle.query<{ json: string }>('SELECT json_build_object(true, 1, false, NULL)::text AS json');
  await oracle.end();
  expect(encodeText(map)).toEqual([rows[0]?.json.replaceAll(' ', '')]);
});
