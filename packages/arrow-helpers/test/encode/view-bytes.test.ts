import { BinaryView, BufferType, Data, type DataType, Utf8View } from 'apache-arrow';
import { expect, test } from 'vitest';
import { encodeBinary } from '../encode-column.js';

test.each<DataType>([new Utf8View(), new BinaryView()])('the view of a null in %s may be anything', (type) => {
  const views = new Uint8Array(48).fill(0x7f);
  views.fill(0, 32, 48).set([1, 0, 0, 0, 0x61], 32);
  // Two bits of other rows come first.
  const validity = Uint8Array.of(0b10011);
  const data = new Data(type, 2, 3, 2, { [BufferType.DATA]: views, [BufferType.VALIDITY]: validity });
  expect(encodeBinary(data)).toEqual([null, null, '61']);
});
