import { buildData, type PostgresType, type Raw } from '@riffq/all-types';
import { Field, List, Utf8 } from 'apache-arrow';
import { expect, test } from 'vitest';
import { decodeBatches } from './copy/copy-in.js';
import { encodeText, oneColumn } from './encode-column.js';
import { askOracleText } from './oracle.js';

const boxes: PostgresType = { name: 'box[]', oid: 1020, output: 'array_out', send: 'array_send' };
const asBoxes = new Map([['PG:type', 'box[]']]);
const [one, other] = ['(3,4),(1,2)', '(1,1),(0,0)'].map((text) => Buffer.from(text));
const list = new List(new Field('item', new Utf8(), true));
const nested = new List(new Field('item', list, true));

test.each<[type: List, value: Raw, literal: string]>([
  [list, [one!, null, other!], '{(3,4),(1,2);NULL;(1,1),(0,0)}'],
  [nested, [[one!], [other!]], '{{(3,4),(1,2)};{(1,1),(0,0)}}'],
])('arrays of box have semicolons between their elements: %s', async (type, value, literal) => {
  const [printed] = await askOracleText(boxes, [literal]);
  expect(encodeText(buildData(type, [value]), asBoxes)).toEqual([printed?.text]);
  const { schema } = oneColumn(buildData(type, []), asBoxes);
  const { batches, error } = decodeBatches(schema, [], [Buffer.from(`${literal}\n`)]);
  expect(error).toBeUndefined();
  expect(encodeText(batches[0]!.data.children[0]!, asBoxes)).toEqual([printed?.text]);
});
