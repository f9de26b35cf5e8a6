import { buildData, buildDictionary } from '@riffq/all-types';
import { BufferType, Data, type DataType, DenseUnion, Field, SparseUnion, Utf8 } from 'apache-arrow';
import { expect, test } from 'vitest';
import { encodeText } from '../encode-column.js';

const word = Buffer.from('a');

/** A union of one alternative, whose values these are. */
function unionOf(dense: boolean, values: Data): Data {
  const members = [new Field('word', values.type)];
  const type: DataType = dense ? new DenseUnion([3], members) : new SparseUnion([3], members);
  const buffers = {
    [BufferType.TYPE]: new Int8Array(values.length).fill(3),
    ...(dense && { [BufferType.OFFSET]: Int32Array.from({ length: values.length }, (_, row) => row) }),
  };
  return new Data(type, 0, values.length, -1, buffers, [values]);
}

test.each([true, false])('what a dictionary has as null is NULL in a union of it (dense: %s)', (dense) => {
  // By turns a null index, and the index of a null.
  const words = buildDictionary(new Utf8(), [null, null, word, null], { chunkRows: 1 });
  expect(encodeText(unionOf(dense, words))).toEqual([null, null, '{"word":"a"}', null]);
  expect(encodeText(unionOf(dense, unionOf(dense, words)))).toEqual([null, null, '{"word":{"word":"a"}}', null]);
});

test.each([true, false])('a union of strings has their nulls (dense: %s)', (dense) => {
  expect(encodeText(unionOf(dense, buildData(new Utf8(), [null, word])))).toEqual([null, '{"word":"a"}']);
});
