import { RawClient } from '@riffq/testing';
import { typeOid } from '@riffq/wire';
import { Field, Int32, type RecordBatch, Schema } from 'apache-arrow';
import { serialize } from 'pg-protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BaseConnection, encodedRows, type QueryResult } from '../../../src/index.js';
import { Bystander } from '../../bystander.js';
import { extended, int16, int32, query, sync } from '../../frames.js';
import { Listening } from '../../listening.js';
import { memoryInUse } from '../../memory-in-use.js';

const mebibyte = 1024 * 1024;
const messageBytes = mebibyte;

/** Takes everything, and gives a result of as many columns as it is asked for. */
class Connection extends BaseConnection {
  override handleQuery(sql: string): QueryResult {
    const columns = Number(/^select (\d+) columns$/.exec(sql)?.[1] ?? 1);
    return encodedRows({
      fields: Array.from({ length: columns }, (_, at) => ({ name: `c${at}`, typeOid: typeOid.int4 })),
      rows: [Array.from({ length: columns }, () => '1')],
    });
  }

  override async handleCopyIn(_target: unknown, { batches }: { readonly batches: AsyncIterable<RecordBatch> }) {
    let rows = 0;
    for await (const batch of batches) rows += batch.numRows;
    return rows;
  }
}

/** The same, where `n` is known to be an integer: data may be binary. */
class Described extends Connection {
  override handleDescribe() {
    return { parameterTypes: [], schema: new Schema([new Field('n', new Int32(), true)]) };
  }
}

let servers: { readonly text: Listening; readonly binary: Listening };
let bystander: Bystander;

beforeAll(async () => {
  const limits = { messageBytes };
  servers = {
    text: await Listening.open(Connection, { limits }),
    binary: await Listening.open(Described, { limits }),
  };
  bystander = await Bystander.watch(servers.text.port);
});

afterAll(async () => {
  await bystander.expectUnharmed();
  await servers.text.server.close();
  await servers.binary.server.close();
});

/** What the server says of a COPY of this data, and what is in use when all is sent; the session then goes on. */
async function copy(server: Listening, sql: string, data: Iterable<Uint8Array>) {
  await using client = await RawClient.connect({ port: server.port }, { user: 'alice' });
  client.send(query(sql));
  await client.until('CopyInResponse');
  for (const piece of data) await client.sendSplit(serialize.copyData(Buffer.from(piece)), messageBytes);
  const inUse = memoryInUse();
  client.send(serialize.copyDone());
  const { trace } = await client.until('ReadyForQuery');
  expect((await client.ask(query('select 1'))).names).toContain('DataRow');
  return { trace, inUse };
}

const pieces = (count: number, piece: Uint8Array): Uint8Array[] => Array.from({ length: count }, () => piece);
const piece = Buffer.alloc(65_536, 'x');

describe('COPY FROM STDIN of', () => {
  test.each([
    ['a line that has no end', '', 'COPY t, line 1'],
    ['a quoted field that has no end', ' (format csv)', 'COPY t, line 1'],
  ])('%s is refused at the limit of messages, and no more of it is kept', async (_, options, where) => {
    const before = memoryInUse();
    const data = [Buffer.from(options === '' ? '' : '"'), ...pieces(1024, piece)];
    const { trace, inUse } = await copy(servers.text, `copy t (a) from stdin${options}`, data);
    expect(trace).toContain(
      `C "54000" M "string buffer exceeds maximum allowed length (${messageBytes} bytes)" D "Cannot enlarge`,
    );
    expect(trace).toContain(`W "${where}`);
    expect(inUse - before).toBeLessThan(16 * mebibyte);
  });

  test('a line that just fits is taken', async () => {
    const data = [...pieces(15, piece), Buffer.from('\n1\n')];
    expect((await copy(servers.text, 'copy t (a) from stdin', data)).trace).toContain('"COPY 2"');
  });

  test('65,536 fields where one is expected is refused', async () => {
    const fields = [Buffer.from('\t'.repeat(65_535)), Buffer.from('\n')];
    const { trace } = await copy(servers.text, 'copy t (a) from stdin', fields);
    expect(trace).toContain('C "22P04" M "extra data after last expected column"');
  });

  test('a million empty lines goes on', async () => {
    const data = pieces(16, Buffer.alloc(65_536, '\n'));
    expect((await copy(servers.text, 'copy t (a) from stdin', data)).trace).toContain('"COPY 1048576"');
  });

  const header = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), int32(0), int32(0)]);
  const huge = 0x7fffffff;
  test.each<[string, Uint8Array, string]>([
    ['a field of 2 GiB', Buffer.concat([header, int16(1), int32(huge)]), 'C "54000" M "string buffer exceeds'],
    ['a field of size -2', Buffer.concat([header, int16(1), int32(-2)]), 'C "22P04" M "invalid field size"'],
    ['-2 fields', Buffer.concat([header, int16(-2)]), 'C "22P04" M "row field count is -2, expected 1"'],
    ['32,767 fields', Buffer.concat([header, int16(32_767)]), 'C "22P04" M "row field count is 32767, expected 1"'],
    [
      'a header of negative length',
      Buffer.concat([header.subarray(0, -4), int32(-1)]),
      'C "22P04" M "invalid COPY file header (missing length)"',
    ],
    [
      'a header of 2 GiB',
      Buffer.concat([header.subarray(0, -4), int32(huge)]),
      'C "22P04" M "invalid COPY file header (wrong length)"',
    ],
  ])('%s in binary is refused', async (_, data, error) => {
    expect((await copy(servers.binary, 'copy t (n) from stdin (format binary)', [data])).trace).toContain(error);
  });
});

describe('too many columns are refused:', () => {
  const list = (count: number): string => Array.from({ length: count }, (_, at) => `c${at}`).join();

  test.each([
    [
      'those of no table, in COPY FROM STDIN',
      query(`copy t (${list(1601)}) from stdin`),
      'C "54011" M "tables can have at most 1600 columns"',
    ],
    ['those that no message holds, in a simple query', query('select 65536 columns'), 'C "54000"'],
    [
      'those that no message holds, in an extended query',
      Buffer.concat([extended('select 65536 columns'), sync()]),
      'C "54000" M "message cannot hold more than 65535 entries"',
    ],
  ])('%s', async (_, frames, error) => {
    await using client = await RawClient.connect({ port: servers.text.port }, { user: 'alice' });
    const reply = await client.ask(frames);
    expect(reply.trace).toContain(error);
    expect(reply.names).toEqual(expect.not.arrayContaining(['CopyInResponse', 'RowDescription']));
    expect((await client.ask(query('select 1'))).names).toContain('DataRow');
  });

  test('as many as a table may have are taken', async () => {
    const row = Buffer.from(`${'1\t'.repeat(1599)}1\n`);
    expect((await copy(servers.text, `copy t (${list(1600)}) from stdin`, [row])).trace).toContain('"COPY 1"');
  });
});
