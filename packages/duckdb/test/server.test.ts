import { once } from 'node:events';
import { createConnection } from 'node:net';
import { RiffqServer } from '@riffq/server';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DuckDBServer } from './duckdb-server.js';

let server: DuckDBServer;
let client: pg.Client;

beforeAll(async () => {
  server = await DuckDBServer.open({
    script: "CREATE TABLE flights AS SELECT i AS id, 'flight number ' || i AS name FROM range(100000) t(i)",
  });
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  client = await server.connect();
  return () => client.end();
});

/** Sends a CancelRequest for what the client is waiting for. */
async function cancel(waiting: pg.Client): Promise<void> {
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(80877102, 4);
  request.writeInt32BE(Number(Reflect.get(waiting, 'processID')), 8);
  request.writeInt32BE(Number(Reflect.get(waiting, 'secretKey')), 12);
  const socket = createConnection(server.port, '127.0.0.1');
  socket.end(request);
  await once(socket, 'close');
}

test('100,000 rows arrive whole', async () => {
  const { rows } = await client.query('SELECT * FROM flights ORDER BY id');
  expect(rows).toHaveLength(100000);
  expect(rows[99999]).toEqual({ id: '99999', name: 'flight number 99999' });
});

test('parameters work without a declared type', async () => {
  const { rows } = await client.query('SELECT name, $2 AS given FROM flights WHERE id = $1', [7, 'é🦆']);
  expect(rows).toEqual([{ name: 'flight number 7', given: 'é🦆' }]);
});

test('a named statement is described and runs again with other values', async () => {
  const find = { name: 'find', text: 'SELECT id + $1 AS sum FROM flights WHERE id < $2 ORDER BY id' };
  expect((await client.query({ ...find, values: [10, 2] })).rows).toEqual([{ sum: '10' }, { sum: '11' }]);
  expect((await client.query({ ...find, values: [20, 1] })).rows).toEqual([{ sum: '20' }]);
});

test('values of many types arrive as PostgreSQL prints them', async () => {
  const { rows } = await client.query({
    text: `SELECT 170141183460469231731687303715884105727::HUGEINT, 340282366920938463463374607431768211455::UHUGEINT,
      18446744073709551615::UBIGINT, -1.50::DECIMAL(10,2), 'infinity'::DATE, '-infinity'::TIMESTAMP,
      TIMESTAMPTZ '2024-01-02 03:04:05.5+00', TIME_NS '01:02:03.123456789', INTERVAL '14 months -3 days 1 hour',
      '8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b'::UUID, 'a'::ENUM ('a', 'b'), [1, 2], {'a': 1}, '\\xAA'::BLOB, NULL`,
    rowMode: 'array',
    types: { getTypeParser: () => (text: string) => text },
  });
  expect(rows).toEqual([
    [
      '170141183460469231731687303715884105727',
      '340282366920938463463374607431768211455',
      '18446744073709551615',
      '-1.50',
      'infinity',
      '-infinity',
      '2024-01-02 03:04:05.5+00',
      '01:02:03.123457',
      '1 year 2 mons -3 days +01:00:00',
      '8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b',
      'a',
      '{1,2}',
      '{"a":1}',
      '\\xaa',
      null,
    ],
  ]);
});

test('writes count, and an error in a block leaves nothing of it', async () => {
  await client.query('CREATE TABLE notes (id INTEGER PRIMARY KEY, text VARCHAR)');
  expect((await client.query("INSERT INTO notes VALUES (1, 'a'), (2, 'b')")).rowCount).toBe(2);
  expect((await client.query('INSERT INTO notes VALUES ($1, $2) RETURNING id', [3, 'c'])).rows).toEqual([{ id: 3 }]);
  await client.query('BEGIN');
  await client.query('DELETE FROM notes');
  await expect(client.query("INSERT INTO notes VALUES (4, 'd'), (4, 'e')")).rejects.toMatchObject({ code: '23505' });
  await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
  await client.query('ROLLBACK');
  expect((await client.query('SELECT count(*) FROM notes')).rows).toEqual([{ 'count_star()': '3' }]);
});

test('several statements in one text are one transaction', async () => {
  await client.query('CREATE TABLE once (a INTEGER PRIMARY KEY)');
  await expect(client.query('INSERT INTO once VALUES (1); INSERT INTO once VALUES (1)')).rejects.toMatchObject({
    code: '23505',
  });
  expect((await client.query('SELECT a FROM once')).rows).toEqual([]);
  await client.query('INSERT INTO once VALUES (1); INSERT INTO once VALUES (2)');
  expect((await client.query('SELECT a FROM once ORDER BY a')).rows).toEqual([{ a: 1 }, { a: 2 }]);
});

test('an error in the middle of a long result ends it with the message', async () => {
  const boom = "SELECT CASE WHEN i = 400000 THEN error('boom') ELSE i END FROM range(500000) t(i)";
  await expect(client.query(boom)).rejects.toMatchObject({ message: 'boom' });
  expect((await client.query('SELECT 1 AS a')).rows).toEqual([{ a: 1 }]);
});

test('an error shows its place', async () => {
  await expect(client.query('SELECT nothing FROM flights')).rejects.toMatchObject({ code: '42703', position: '8' });
});

test('a cancelled statement ends with 57014, and its connection goes on', async () => {
  const running = client.query('SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range * b.range = 7');
  const answer = expect(running).rejects.toMatchObject({ code: '57014' });
  const other = await server.connect();
  await other.query('SELECT 1');
  await cancel(client);
  await answer;
  expect((await client.query('SELECT 1 AS a')).rows).toEqual([{ a: 1 }]);
  await other.end();
});

test('a client does not wait for two others that compute for long', async () => {
  const others = [await server.connect(), await server.connect()];
  const slow = Promise.race(others.map((other) => other.query('SELECT sum(hash(i)) FROM range(50000000) t(i)')));
  const quick = async () => {
    for (let count = 0; count < 5; count += 1) await client.query('SELECT 1');
    return 'quick';
  };
  expect(await Promise.race([slow.then(() => 'slow'), quick()])).toBe('quick');
  await Promise.all(others.map((other) => other.end()));
});

test('a class that extends the connection may ask for passwords', async () => {
  class Connection extends server.database.connectionClass {
    override handleAuth(user: string, password: string) {
      return user === 'reader' && password === 'right';
    }
  }
  const guarded = new RiffqServer({ host: '127.0.0.1', port: 0 }, Connection, { sessionStatements: 'server' });
  const address = await guarded.listen();
  const options = {
    host: '127.0.0.1',
    port: typeof address === 'string' ? 0 : address.port,
    user: 'reader',
    database: 'test',
  };
  const refused = new pg.Client({ ...options, password: 'wrong' });
  await expect(refused.connect()).rejects.toMatchObject({ code: '28P01' });
  const admitted = new pg.Client({ ...options, password: 'right' });
  await admitted.connect();
  expect((await admitted.query('SELECT count(*) AS count FROM flights')).rows).toEqual([{ count: '100000' }]);
  await admitted.end();
  await guarded.close();
});

test('a cursor gives its rows in portions, with other statements between', async () => {
  await client.query('BEGIN');
  await client.query('DECLARE c CURSOR FOR SELECT id FROM flights ORDER BY id');
  expect((await client.query('FETCH 2 FROM c')).rows).toEqual([{ id: '0' }, { id: '1' }]);
  expect((await client.query('SELECT count(*) AS n FROM flights')).rows).toEqual([{ n: '100000' }]);
  expect((await client.query('MOVE 99990 FROM c')).command).toBe('MOVE');
  expect((await client.query('FETCH ALL FROM c')).rows).toHaveLength(8);
  await client.query('COMMIT');
  await expect(client.query('FETCH c')).rejects.toMatchObject({ code: '34000' });
});

test('a cursor WITH HOLD keeps its rows after COMMIT', async () => {
  await client.query('DECLARE "SQL_CUR0x1" CURSOR WITH HOLD FOR SELECT * FROM flights ORDER BY id');
  let count = 0;
  for (;;) {
    const { rows } = await client.query('FETCH 30000 IN "SQL_CUR0x1"');
    if (rows.length === 0) break;
    count += rows.length;
  }
  expect(count).toBe(100000);
  await client.query('CLOSE "SQL_CUR0x1"');
});

test('a statement of PREPARE runs with values', async () => {
  await client.query('PREPARE flight AS SELECT name FROM flights WHERE id = $1');
  expect((await client.query('EXECUTE flight (7)')).rows).toEqual([{ name: 'flight number 7' }]);
  expect((await client.query("EXECUTE flight ('8'::int)")).rows).toEqual([{ name: 'flight number 8' }]);
});

test('a setting of DuckDB alone reaches DuckDB', async () => {
  await client.query('SET threads = 3');
  expect((await client.query("SELECT current_setting('threads') AS threads")).rows).toEqual([{ threads: '3' }]);
  await client.query('SET threads TO 2');
  expect((await client.query("SELECT current_setting('threads') AS threads")).rows).toEqual([{ threads: '2' }]);
  await client.query('SET GLOBAL threads = 3; SET VARIABLE own = 1');
  await client.query('RESET threads');
});

test('SHOW of what is no setting is DuckDB’s, as far as that knows it', async () => {
  const { rows } = await client.query<{ name: string }>('SHOW tables');
  expect(rows.map(({ name }) => name)).toContain('flights');
  expect((await client.query('SHOW flights')).rows[0]).toMatchObject({ column_name: 'id' });
  expect((await client.query({ text: 'SHOW flights', name: 'described' })).rows[0]).toMatchObject({
    column_name: 'id',
  });
  expect((await client.query('SHOW ALL TABLES')).rows.length).toBeGreaterThan(0);
  for (const sql of ['SHOW nowhere', 'SET nowhere = 1', 'RESET nowhere']) {
    await expect(client.query(sql)).rejects.toMatchObject({ code: '42704' });
  }
});
