import { RawClient } from '@riffq/testing';
import {
  Binary,
  DateDay,
  Field,
  Float32,
  Float64,
  IntervalMonthDayNano,
  List,
  type RecordBatch,
  Schema,
  TimestampMicrosecond,
} from 'apache-arrow';
import { serialize } from 'pg-protocol';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { BaseConnection, type CopyTarget, type QueryResult } from '../../../src/index.js';
import { query } from '../../frames.js';
import { Listening } from '../../listening.js';

const schema = new Schema([
  new Field('d', new DateDay(), true),
  new Field('t', new TimestampMicrosecond(), true),
  new Field('tz', new TimestampMicrosecond('UTC'), true),
  new Field('i', new IntervalMonthDayNano(), true),
  new Field('b', new Binary(), true),
  new Field('r', new Float32(), true),
  new Field('f', new Float64(), true),
  new Field('a', new List(new Field('item', new TimestampMicrosecond('UTC'), true)), true),
]);
const columns = 'd date, t timestamp, tz timestamptz, i interval, b bytea, r float4, f float8, a timestamptz[]';

/** Keeps what is copied in, and gives it back. */
class Connection extends BaseConnection {
  #batches: RecordBatch[] = [];

  override handleQuery(): QueryResult {
    return { schema, batches: this.#batches };
  }

  override async handleDescribe() {
    return { parameterTypes: [], schema };
  }

  override async handleCopyIn(_target: CopyTarget, { batches }: { readonly batches: AsyncIterable<RecordBatch> }) {
    let rows = 0;
    for await (const batch of batches) {
      this.#batches.push(batch);
      rows += batch.numRows;
    }
    return rows;
  }
}

let server: Listening;
beforeAll(async () => {
  server = await Listening.open(Connection, { sessionStatements: 'server' });
});
afterAll(() => server.server.close());

type Ask = (sql: string, data?: string) => Promise<{ readonly data: string; readonly end: string }>;

/** What `use` asks of our server, and of PostgreSQL. */
async function both<T>(use: (ask: Ask) => Promise<T>): Promise<{ readonly ours: T; readonly theirs: T }> {
  const { user, database, port, socketDirectory } = inject('oracle');
  await using our = await RawClient.connect({ port: server.port }, { user: 'alice' });
  await using their = await RawClient.connect({ host: socketDirectory, port }, { user, database });
  await their.ask(query(`CREATE TEMPORARY TABLE m (${columns})`));
  const asking =
    (client: RawClient): Ask =>
    async (sql, data) => {
      client.send(query(sql));
      if (data !== undefined) {
        await client.until('CopyInResponse');
        client.send(serialize.copyData(Buffer.from(data)), serialize.copyDone());
      }
      const { messages } = await client.until('ReadyForQuery');
      const of = (name: string): string =>
        messages
          .flatMap((message) => (message.name === name ? [Buffer.from(message.bytes).toString('utf8', 5)] : []))
          .join('');
      return { data: of('CopyData'), end: of('CommandComplete') };
    };
  return { ours: await use(asking(our)), theirs: await use(asking(their)) };
}

/** The same for every session: with zones, so that it does not depend on settings. */
const lines = [
  [
    ...['2024-02-29', '2024-02-29 12:30:00.25', '2024-07-01 12:30:00.25+00', '1 year 2 mons -3 days 04:05:06.5'],
    ...['\\\\x00ff615c', '0.1', '0.30000000000000004', '{"2024-01-01 00:00:00+00",NULL}'],
  ],
  [
    ...['0044-03-15 BC', '0044-03-15 01:02:03 BC', '1880-06-01 00:00:00+00', '-1 days +02:03:00'],
    ...['\\\\x', '1e-40', '123456789012.345678', '{infinity}'],
  ],
  ['infinity', '-infinity', 'infinity', '-1 mons', '\\\\x27', '-0', '1e22', '{}'],
  [...['\\N', '\\N', '\\N', '00:00:00', '\\N', 'NaN', '-Infinity', '\\N']],
]
  .map((row) => `${row.join('\t')}\n`)
  .join('');

const dateStyles = ['ISO, MDY', 'ISO, DMY', 'Postgres, MDY', 'Postgres, DMY', 'SQL, MDY', 'SQL, DMY', 'German, DMY'];
const cases: readonly Readonly<Record<string, string>>[] = [
  ...dateStyles.map((DateStyle) => ({ DateStyle, TimeZone: 'Europe/Berlin' })),
  ...['America/New_York', 'Asia/Kolkata', '<+05>-05'].map((TimeZone) => ({ TimeZone })),
  ...['postgres_verbose', 'sql_standard', 'iso_8601'].map((IntervalStyle) => ({ IntervalStyle })),
  ...['0', '-3', '3'].map((digits) => ({ extra_float_digits: digits })),
  { bytea_output: 'escape' },
];

test.each(cases.map((settings) => [JSON.stringify(settings), settings] as const))(
  'COPY under %s writes what PostgreSQL writes, and reads it back',
  async (_, settings) => {
    const { ours, theirs } = await both(async (ask) => {
      await ask("SET DateStyle = 'ISO, MDY'; SET TimeZone = 'UTC'");
      const taken = await ask('COPY m FROM STDIN', lines);
      for (const [name, value] of Object.entries(settings)) await ask(`SET ${name} = '${value}'`);
      const text = await ask('COPY m TO STDOUT');
      const csv = await ask('COPY m TO STDOUT (FORMAT csv)');
      const again = await ask('COPY m FROM STDIN', text.data);
      await ask(
        "SET DateStyle = 'ISO, MDY'; SET TimeZone = 'UTC'; RESET IntervalStyle; RESET bytea_output; RESET extra_float_digits",
      );
      const read = await ask('COPY m TO STDOUT');
      return { taken, text, csv, again, read };
    });
    expect(ours).toEqual(theirs);
    expect(ours.again.end).toBe(theirs.taken.end);
  },
);

test.each([
  ['Europe/Berlin', 'ISO, DMY'],
  ['America/New_York', 'ISO, MDY'],
] as const)('what names no zone is of the session, in %s and %s', async (timeZone, dateStyle) => {
  const zoneless = `01/02/2024\t01/02/2024 12:00\t2024-01-01 00:00\t-1 2:03:04\t\\N\t\\N\t\\N\t{2024-07-01 00:00,"03/04/2024 05:06"}\n`;
  const { ours, theirs } = await both(async (ask) => {
    await ask(`SET DateStyle = '${dateStyle}'; SET TimeZone = '${timeZone}'; SET IntervalStyle = 'sql_standard'`);
    await ask('COPY m FROM STDIN', zoneless);
    await ask("SET DateStyle = 'ISO, MDY'; SET TimeZone = 'UTC'; SET IntervalStyle = 'postgres'");
    return ask('COPY m TO STDOUT');
  });
  expect(ours).toEqual(theirs);
});
