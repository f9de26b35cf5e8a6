import { buildData } from '@riffq/all-types';
import { Field, Schema, Struct, TimestampSecond } from 'apache-arrow';
import { expect, test } from 'vitest';
import { makeRecordBatch } from '../../src/record-batch.js';
import { RowEncoder } from '../../src/row-encoder.js';
import { readDataRows } from '../data-rows.js';

test('moments with a zone end alike in a buffer that held anything before', () => {
  const type = new Struct([new Field('at', new TimestampSecond('UTC'))]);
  const schema = new Schema([new Field('x', type)]);
  const encoder = new RowEncoder(schema, ['text']);
  encoder.setBatch(makeRecordBatch(schema, 1, [buildData(type, [[5n]])]));
  const target = new Uint8Array(500).fill(':'.charCodeAt(0));
  const rows = readDataRows(target.subarray(0, encoder.encode(target, 0, 1)));
  expect(rows.map(([field]) => String(field))).toEqual(['{"at":"1970-01-01T00:00:05+00:00"}']);
});
