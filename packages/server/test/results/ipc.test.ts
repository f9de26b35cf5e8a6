import { createRequire } from 'node:module';
import type * as Arrow from 'apache-arrow';
import {
  CompressionType,
  compressionRegistry,
  Field,
  Int32,
  List,
  RecordBatchReader,
  RecordBatchStreamWriter,
  Struct,
  Table,
  tableFromArrays,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { toArrow } from '../../src/index.js';
import { answering, Conversation } from '../conversation.js';
import { query } from '../frames.js';

/** Its registry of codecs is its own. */
const otherCopy: typeof Arrow = createRequire(import.meta.url)('apache-arrow');
const zstdMagic = Buffer.from('28b52ffd', 'hex');

async function ask(bytes: Uint8Array): Promise<string> {
  await using client = new Conversation(answering(() => bytes));
  await client.start();
  const trace = await client.ask(query('select'));
  expect(await client.ask(query('select'))).toBe(trace);
  return trace;
}

function threeBatches(arrow: Pick<typeof Arrow, 'tableFromArrays'> = { tableFromArrays }): Table {
  const batch = (from: number): Table =>
    arrow.tableFromArrays({ n: Int32Array.from({ length: 100 }, (_, row) => from + row) });
  const [first, ...rest] = [0, 100, 200].map(batch);
  if (first === undefined) throw new Error('no batch');
  return first.concat(...rest);
}

describe.each(['stream', 'file'] as const)('an Arrow IPC %s', (kind) => {
  const bytes = tableToIPC(threeBatches(), kind);

  test('gives its rows, wherever its memory begins', async () => {
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const trace = await ask(bytes);
    expect(trace).toContain('"SELECT 300"');
    expect(await ask(shifted.subarray(3))).toBe(trace);
    expect(await ask(Buffer.from(bytes))).toBe(trace);
  });

  test('that is cut short is an error, and the connection goes on', async () => {
    const ends = Array.from({ length: 40 }, (_, at) => Math.floor((bytes.length * (at + 0.5)) / 40) | 1);
    for (const end of ends) {
      const trace = await ask(bytes.subarray(0, end));
      expect(trace, `${end} of ${bytes.length} bytes`).toMatch(
        /C "XX000" M "the Arrow IPC data are cut short or damaged"|without an Arrow schema/,
      );
      expect(trace).not.toContain('CommandComplete');
      expect(trace).not.toMatch(/Cannot read|is not a function/);
    }
  });
});

test.each(['stream', 'file'] as const)('no length in the metadata of a %s is believed that cannot be', async (kind) => {
  const table = toArrow(
    [
      { name: 'n', type: 'int32' },
      { name: 's', type: 'struct<a: utf8, b: list<int8>>' },
      { name: 't', type: 'timestamptz' },
    ],
    [
      [1, { a: 'x', b: [1, 2] }, new Date(0)],
      [2, null, null],
      [null, { a: 'y', b: null }, null],
    ],
  );
  table.schema.metadata.set('key', 'value');
  const bytes = tableToIPC(table, kind);
  let damaged = bytes;
  const serving = answering(() => damaged);
  await using client = new Conversation(serving);
  await using bystander = new Conversation(serving);
  await client.start();
  await bystander.start();
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    for (const word of [0x7fff_ffff, 0xffff_ff00, 0x0100_0000]) {
      damaged = Uint8Array.from(bytes);
      new DataView(damaged.buffer).setUint32(at, word, true);
      const trace = await client.ask(query('select'));
      expect(trace, `${word} at byte ${at}`).toMatch(
        /CommandComplete\t "SELECT [0-3]"|ErrorResponse.* C "(XX00[01]|0A000|22\w{3})"/,
      );
    }
  }
  damaged = bytes;
  expect(await bystander.ask(query('select'))).toContain('"SELECT 3"');
});

test('columns and members may have empty names', async () => {
  const member = new Struct([new Field('', new Int32())]);
  const bytes = tableToIPC(new Table({ '': vectorFromArray([{ '': 7 }], member) }));
  // What apache-arrow itself makes of them.
  expect(RecordBatchReader.from(bytes).open().schema.fields[0]?.name).toBeNull();
  const trace = await ask(bytes);
  expect(trace).toContain('RowDescription\t 1 "" ');
  expect(trace).toContain('{"":7}');
});

test('a stream may end without its mark, but not within a message', async () => {
  const bytes = tableToIPC(threeBatches(), 'stream');
  const whole = await ask(bytes);
  expect(await ask(bytes.subarray(0, -8))).toBe(whole);
  for (const end of [bytes.length - 5, bytes.length - 10, bytes.length - 200]) {
    const trace = await ask(bytes.subarray(0, end));
    expect(trace).toContain('C "XX000" M "the Arrow IPC data are cut short or damaged"');
    expect(trace).not.toContain('DataRow');
  }
});

test('a stream in the format before Arrow 0.15 gives its rows, but not when it is cut short', async () => {
  const writer = new RecordBatchStreamWriter({ writeLegacyIpcFormat: true });
  writer.writeAll(threeBatches().batches);
  const bytes = await writer.toUint8Array();
  // The mark of its end is a length of zero and nothing else.
  expect(bytes.subarray(-4)).toEqual(new Uint8Array(4));
  const whole = await ask(bytes);
  expect(whole).toContain('"SELECT 300"');
  expect(await ask(bytes.subarray(0, -4))).toBe(whole);
  for (const end of [bytes.length - 1, bytes.length - 3, bytes.length - 5, bytes.length - 200]) {
    const trace = await ask(bytes.subarray(0, end));
    expect(trace, `${bytes.length - end} bytes less`).toContain('"the Arrow IPC data are cut short or damaged"');
    expect(trace).not.toContain('DataRow');
  }
});

test('bytes that are something else are refused', async () => {
  for (const bytes of [Buffer.from('this is no Arrow at all'), Buffer.alloc(100, 0xff), new Uint8Array(0)]) {
    expect(await ask(bytes)).toMatch(/C "XX0\d\d" M "(handleQuery answered with bytes|the Arrow IPC data are)/);
  }
});

/** The bytes of lists, whose type is then said to be another one: nothing but that tells them apart before the first batch. */
function bytesOfType(type: number, kind: 'stream' | 'file'): Uint8Array {
  const numbers = new List(new Field('item', new Int32(), true));
  const inner = new Struct([new Field('a', new Utf8(), true), new Field('deep', numbers, true)]);
  const bytes = Uint8Array.from(
    tableToIPC(
      new Table({ n: vectorFromArray([1], new Int32()), s: vectorFromArray([{ a: 'x', deep: [1] }], inner) }),
      kind,
    ),
  );
  const list = 12;
  for (const at of positionsOf(bytes, 'deep')) {
    // The byte of the type lies before the name, which the field's table points to.
    const typeAt = bytes.lastIndexOf(list, at);
    bytes[typeAt] = type;
  }
  return bytes;
}

function positionsOf(bytes: Uint8Array, text: string): readonly number[] {
  const buffer = Buffer.from(bytes);
  const found: number[] = [];
  for (let at = buffer.indexOf(text); at >= 0; at = buffer.indexOf(text, at + 1)) found.push(at);
  return found;
}

test.each([
  [22, 'RunEndEncoded', 'Write its values without run-end encoding.'],
  [25, 'ListView', 'Write it as a List.'],
  [26, 'LargeListView', 'Write it as a List.'],
])('data of the type %i, %s, are refused by the name of the field', async (type, name, hint) => {
  for (const kind of ['stream', 'file'] as const) {
    const trace = await ask(bytesOfType(type, kind));
    const message = `of the Arrow IPC data is of type ${name}, which is not supported`;
    expect(trace).toContain(`C "0A000" M "field "s.deep" ${message}" H "${hint}"`);
    await using client = new Conversation(answering(() => RecordBatchReader.from(bytesOfType(type, kind))));
    await client.start();
    expect(await client.ask(query('select'))).toContain(`C "0A000" M "a field ${message}"`);
  }
});

test('compressed data are refused with what to do, and read when there is a codec', async () => {
  // What matters is what the batch says of itself.
  const codec = {
    encode: (data: Uint8Array) => Buffer.concat([zstdMagic, data]),
    decode: (data: Uint8Array) => data.subarray(zstdMagic.length),
  };
  otherCopy.compressionRegistry.set(CompressionType.ZSTD, codec);
  const writer = new otherCopy.RecordBatchStreamWriter({ compressionType: CompressionType.ZSTD });
  writer.write(threeBatches(otherCopy));
  const bytes = writer.finish().toUint8Array(true);
  expect(await ask(bytes)).toContain(
    'C "0A000" M "the Arrow IPC data are compressed with zstd, and there is no codec to read them" H "Write them without compression, or give the apache-arrow that your program imports a codec: compressionRegistry.set(CompressionType.ZSTD, { decode })."',
  );
  await using client = new Conversation(answering(() => RecordBatchReader.from(bytes)));
  await client.start();
  expect(await client.ask(query('select'))).toContain(
    'C "0A000" M "the Arrow IPC data are compressed, and there is no codec to read them"',
  );
  compressionRegistry.set(CompressionType.ZSTD, codec);
  expect(await ask(bytes)).toContain('"SELECT 300"');
});

test('a dense union is read wherever its memory begins', async () => {
  const table = toArrow([{ name: 'u', type: 'dense_union<a: int64=0, b: utf8=1>' }], [[{ a: 5n }], [{ b: 'x' }]]);
  const bytes = tableToIPC(table);
  const trace = await ask(bytes);
  expect(trace).toContain('"SELECT 2"');
  for (const offset of [1, 2, 4]) {
    const shifted = new Uint8Array(bytes.length + offset);
    shifted.set(bytes, offset);
    expect(await ask(shifted.subarray(offset))).toBe(trace);
  }
});
