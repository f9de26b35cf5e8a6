import { createRequire } from 'node:module';
import { arrowBatch } from '@riffq/arrow-helpers';
import type * as Arrow from 'apache-arrow';
import * as own from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import type { Rows } from '../../src/index.js';
import { answering, Conversation } from '../conversation.js';
import { query } from '../frames.js';

/** Another copy of apache-arrow than the one that the server has: the same package as CommonJS. */
const foreign: typeof Arrow = createRequire(import.meta.url)('apache-arrow');

function makeTable(arrow: typeof Arrow): Arrow.Table {
  const words = arrow.vectorFromArray(['x', 'y', 'x', null], new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()));
  return new arrow.Table({
    flag: arrow.vectorFromArray([true, null, false, true], new arrow.Bool()),
    small: arrow.vectorFromArray([1, -2, null, 4], new arrow.Int8()),
    large: arrow.vectorFromArray([1n, null, -(2n ** 63n), 4n], new arrow.Int64()),
    ratio: arrow.vectorFromArray([0.1, -0, null, Number.NaN], new arrow.Float64()),
    word: words,
    name: arrow.vectorFromArray(['é', '', null, 'z'], new arrow.Utf8()),
    raw: arrow.vectorFromArray([Uint8Array.of(1), null, Uint8Array.of(), Uint8Array.of(255)], new arrow.Binary()),
    day: arrow.vectorFromArray([new Date(0), null, new Date(86_400_000), new Date(-86_400_000)], new arrow.DateDay()),
    at: arrow.vectorFromArray([0, null, 1, 2], new arrow.TimestampMillisecond('UTC')),
    none: arrow.vectorFromArray([null, null, null, null], new arrow.Null()),
  });
}

async function ask(rows: Rows): Promise<string> {
  await using client = new Conversation(answering(() => rows));
  await client.start();
  return await client.ask(query('select'));
}

async function* overTime<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

const forms: readonly [string, (table: Arrow.Table, arrow: typeof Arrow) => Rows][] = [
  ['a table', (table) => table],
  ['a record batch', (table) => table.batches[0]!],
  ['record batches', (table) => table.batches],
  ['record batches over time', (table) => overTime(table.batches)],
  ['a schema and batches', ({ schema, batches }) => ({ schema, batches })],
  ['a reader', (table, arrow) => arrow.RecordBatchReader.from(arrow.tableToIPC(table))],
  [
    'arrowBatch of vectors',
    (table) => {
      const { names } = table.schema;
      const vectors = names.map((name) => table.getChild(name)).filter((vector) => vector !== null);
      return arrowBatch(vectors, names.map(String));
    },
  ],
  ['an IPC stream', (table, arrow) => arrow.tableToIPC(table, 'stream')],
  ['an IPC file', (table, arrow) => arrow.tableToIPC(table, 'file')],
];

describe('Arrow of another copy of apache-arrow', () => {
  test('is really another', () => {
    expect(foreign.Table).not.toBe(own.Table);
    expect(Object.getPrototypeOf(makeTable(foreign))).not.toBe(own.Table.prototype);
  });

  test.each(forms)('%s gives the same rows as ours', async (_, form) => {
    const expected = await ask(form(makeTable(own), own));
    expect(expected).toContain('"SELECT 4"');
    expect(await ask(form(makeTable(foreign), foreign))).toBe(expected);
    expect(expected).toBe(await ask(makeTable(own)));
  });
});
