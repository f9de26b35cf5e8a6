import { RawClient } from '@riffq/testing';
import { Field, type RecordBatch, Schema, Utf8 } from 'apache-arrow';
import pg from 'pg';
import { serialize } from 'pg-protocol';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { BaseConnection, type CopyTarget, type QueryResult } from '../../../src/index.js';
import { query } from '../../frames.js';
import { Listening } from '../../listening.js';

/** Takes strings, declared as the type that the table is named after, and gives them back as its count of rows. */
class Connection extends BaseConnection {
  static values: unknown[] = [];

  override handleQuery(): QueryResult {
    throw new Error('there are no queries');
  }

  override async handleDescribe(sql: string) {
    const type = /FROM "?(\w+)/i.exec(sql)?.[1] ?? '';
    const field = new Field('a', new Utf8(), true, new Map([['PG:type', type]]));
    return { parameterTypes: [], schema: new Schema([field]) };
  }

  override async handleCopyIn(_target: CopyTarget, { batches }: { readonly batches: AsyncIterable<RecordBatch> }) {
    Connection.values = [];
    for await (const batch of batches) Connection.values.push(...batch.toArray().map(({ a }) => a));
    return Connection.values.length;
  }
}

let server: Listening;
let oracle: pg.Client;

beforeAll(async () => {
  server = await Listening.open(Connection, {});
  const { user, database, port, socketDirectory } = inject('oracle');
  oracle = new pg.Client({ user, database, port, host: socketDirectory });
  await oracle.connect();
});

afterAll(async () => {
  await oracle.end();
  await server.server.close();
});

/** The trace of a COPY of this data. */
async function copy(sql: string, data: Uint8Array): Promise<string> {
  await using client = await RawClient.connect({ port: server.port }, { user: 'alice' });
  client.send(query(sql));
  await client.until('CopyInResponse');
  client.send(serialize.copyData(Buffer.from(data)), serialize.copyDone());
  return (await client.until('ReadyForQuery')).trace;
}

const types: readonly (readonly [type: string, send: string, good: readonly string[], bad: string])[] = [
  ['uuid', 'uuid_send', ['{8A4B1F2E-0c3d4e5f-8a9b-0c1d2e3f4a5b}', '8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b'], '8a4b'],
  ['int4', 'int4send', ['1', ' -0020 ', '0x1F'], '1.5'],
  ['int8', 'int8send', ['9223372036854775807'], '9223372036854775808'],
  ['numeric', 'numeric_send', ['1e3', '-0.50', '.5'], '1e'],
  ['bool', 'boolsend', ['t', 'yes', 'OFF'], 'maybe'],
  ['inet', 'inet_send', ['192.168.0.1', '10.0.0.0/8', '::1'], '192.168.0.256'],
  ['macaddr', 'macaddr_send', ['08:00:2B:01:02:03'], '08:00'],
];

test.each(types)(
  'strings declared as %s are copied in as PostgreSQL prints them, or refused in its words',
  async (type, send, good, bad) => {
    const { rows } = await oracle.query(
      `SELECT format('%s', v::${type}) AS text, ${send}(v::${type}) AS bytes FROM unnest($1::text[]) v`,
      [good],
    );
    const printed = rows.map(({ text }) => text);

    expect(await copy(`COPY ${type} FROM STDIN`, Buffer.from(good.map((text) => `${text}\n`).join('')))).toContain(
      'COPY',
    );
    expect(Connection.values).toEqual(printed);

    const fields = rows.flatMap(({ bytes }) => {
      const front = Buffer.alloc(6);
      front.writeInt16BE(1);
      front.writeInt32BE(bytes.length, 2);
      return [front, bytes];
    });
    const header = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
    await copy(`COPY ${type} FROM STDIN (FORMAT binary)`, Buffer.concat([header, ...fields]));
    expect(Connection.values).toEqual(printed);

    const refused = await oracle.query(`SELECT $1::text::${type}`, [bad]).catch((error: unknown) => error);
    if (!(refused instanceof pg.DatabaseError)) throw new Error(`PostgreSQL took ${bad}`);
    const trace = await copy(`COPY ${type} FROM STDIN`, Buffer.from(`${good[0]}\n${bad}\n`));
    expect(trace).toContain(`C "${refused.code}" M "${refused.message}"`);
    expect(trace).toContain(`COPY ${type}, line 2, column a:`);
  },
);
