import { allTypes, buildData, fieldOf, type Raw, type TypeCase } from '@riffq/all-types';
import { Field, makeData, RecordBatch, Schema, Struct, TimestampMicrosecond, Utf8 } from 'apache-arrow';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type RiffqServer, rows, serve } from '../../src/index.js';
import { serialize } from '../conversation.js';
import { Frontend } from '../frontend.js';
import { portOf } from '../listening.js';

/** What the next query is answered with. */
let schema = new Schema([]);
let batches: readonly RecordBatch[] = [];
let server: RiffqServer;
let client: pg.Client;
beforeAll(async () => {
  server = await serve({ address: '127.0.0.1:0', query: () => rows({ schema, batches }, { tag: 'SELECT' }) });
  client = new pg.Client({ host: '127.0.0.1', port: portOf(server), user: 'alice', database: 'shop' });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await server.close();
});

/** The batch of columns as they lie. */
function batchOf(
  fields: readonly Field[],
  columns: readonly (readonly (Raw | null)[])[],
  rowCount: number,
): RecordBatch {
  const children = fields.map(({ type }, index) => buildData(type, columns[index] ?? []));
  const struct = makeData({ type: new Struct([...fields]), length: rowCount, nullCount: 0, children });
  return new RecordBatch(new Schema([...fields]), struct);
}

/** Texts as the driver got them, before it makes values of them. */
async function askText(): Promise<{ rows: (string | null)[][]; fields: pg.FieldDef[] }> {
  const types = { getTypeParser: () => (value: string) => value };
  return client.query<(string | null)[]>({ text: 'SELECT 1', rowMode: 'array', types });
}

/** Binary values in hex; node-postgres makes strings of them, so they are asked for by hand. */
async function askBinary(): Promise<(string | null)[][]> {
  const frontend = await Frontend.connect(portOf(server));
  await frontend.start();
  const { messages } = await frontend.raw.ask(
    serialize.parse({ text: 'SELECT 1' }),
    serialize.bind({ binary: true }),
    serialize.describe({ type: 'P' }),
    serialize.execute(),
    serialize.sync(),
  );
  frontend.stream.destroy();
  return messages.filter(({ name }) => name === 'DataRow').map(({ bytes }) => fieldsOf(Buffer.from(bytes)));
}

/** The fields of a DataRow message in hex. */
function fieldsOf(message: Buffer): (string | null)[] {
  const fields: (string | null)[] = [];
  for (let at = 7; at < message.length; ) {
    const length = message.readInt32BE(at);
    const end = at + 4 + Math.max(length, 0);
    fields.push(length < 0 ? null : message.toString('hex', at + 4, end));
    at = end;
  }
  return fields;
}

const names = allTypes.map((typeCase): [string, TypeCase] => [String(fieldOf(typeCase, 'x')), typeCase]);

describe('through a driver', () => {
  test.each(names)('%s arrives as PostgreSQL would send it', async (_, typeCase) => {
    const field = fieldOf(typeCase, 'x');
    schema = new Schema([field]);
    const raws = typeCase.values.flatMap(([raw]) => [raw, null]);
    // The other way round: a dictionary is replaced by another one.
    batches = [raws, raws.toReversed()].map((column) => batchOf([field], [column], column.length));
    const text = await askText();
    const texts = typeCase.values.flatMap(([, value]) => [value, null]);
    expect(text.rows.flat()).toEqual([...texts, ...texts.toReversed()]);
    expect(text.fields[0]).toMatchObject({
      dataTypeID: typeCase.postgres.oid,
      dataTypeModifier: typeCase.typeModifier ?? -1,
    });
    const binaries = typeCase.values.flatMap(([, , value]) => [value, null]);
    expect((await askBinary()).flat()).toEqual([...binaries, ...binaries.toReversed()]);
  });

  const column = fc.constantFrom(...allTypes);
  const picks = fc.array(fc.array(fc.nat(40), { minLength: 4, maxLength: 4 }), { maxLength: 12 });
  test('random schemas, slices and batches arrive value by value', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(column, { minLength: 4, maxLength: 4 }),
        fc.array(fc.record({ picks, skip: fc.nat(3) }), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (cases, parts, binary) => {
          const fields = cases.map((typeCase, index) => fieldOf(typeCase, `c${index}`));
          schema = new Schema(fields);
          const expected: (string | null)[][] = [];
          batches = parts.map((part) => {
            const chosen = part.picks.map((row) => row.map((pick, index) => cases[index]?.values[pick]));
            const columns = fields.map((_, index) => chosen.map((row) => row[index]?.[0] ?? null));
            const from = Math.min(part.skip, chosen.length);
            for (const row of chosen.slice(from)) expected.push(row.map((value) => value?.[binary ? 2 : 1] ?? null));
            return batchOf(fields, columns, chosen.length).slice(from);
          });
          expect(binary ? await askBinary() : (await askText()).rows).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a declared type that PostgreSQL reads from text is sent in its binary form', async () => {
    const values: readonly (readonly [type: string, text: string])[] = [
      ['uuid', '8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b'],
      ['inet', '10.0.0.1/24'],
      ['numeric(10,2)', '1.50'],
      ['bit(3)', '101'],
      ['timestamptz', '2024-07-03 09:46:40.12+00'],
      ['int4[]', '{1,NULL}'],
      ['interval', '1 day 02:00:00'],
    ];
    const fields = values.map(
      ([type], index) => new Field(`c${index}`, new Utf8(), true, new Map([['PG:type', type]])),
    );
    schema = new Schema(fields);
    batches = [
      batchOf(
        fields,
        values.map(([, text]) => [Buffer.from(text)]),
        1,
      ),
    ];
    const oracle = new pg.Client({ ...inject('oracle') });
    await oracle.connect();
    const wanted: unknown[] = [];
    for (const [type, text] of values) {
      const send = type.endsWith('[]') ? 'array_send' : `${type.replace(/\(.*/, '')}_send`;
      const { rows: found } = await oracle.query(`SELECT encode(${send}($1::${type}), 'hex') AS hex`, [text]);
      wanted.push(found[0]?.hex);
    }
    await oracle.end();
    expect(await askBinary()).toEqual([wanted]);
  });

  test('settings of the session shape text, from the statement after SET on, and never binary', async () => {
    const field = new Field('seen', new TimestampMicrosecond('UTC'), true);
    schema = new Schema([field]);
    batches = [batchOf([field], [[0n]], 1)];
    const text = async () => (await askText()).rows[0]?.[0];
    expect(await text()).toBe('1970-01-01 00:00:00+00');
    await client.query("SET TimeZone = 'Asia/Kolkata'");
    expect(await text()).toBe('1970-01-01 05:30:00+05:30');
    await client.query('SET DateStyle = German');
    expect(await text()).toBe('01.01.1970 05:30:00 IST');
    expect(await askBinary()).toEqual([['fffca2fec4c82000']]);
    await client.query('BEGIN; SET LOCAL DateStyle = ISO');
    expect(await text()).toBe('1970-01-01 05:30:00+05:30');
    await client.query('ROLLBACK; RESET ALL');
    expect(await text()).toBe('1970-01-01 00:00:00+00');
  });
});
