import { expect, test } from 'vitest';
import { DuckDBServer } from '../duckdb-server.js';

const refused = { code: '0A000', routine: 'RevalidateCachedQuery' };

test.each([
  "insert into changed (n, v) values ($1, 'a') returning *",
  "merge into changed using (select $1::integer as n) as given on (false) when not matched then insert (n, v) values (given.n, 'a') returning *",
])('nothing is written by a statement whose columns another session has changed: %s', async (text) => {
  await using server = await DuckDBServer.open({ script: 'create table changed (n integer, v varchar)' });
  const [client, other] = await Promise.all([server.connect(), server.connect()]);
  try {
    const write = (n: number) => client.query({ name: 'write', text, values: [n] });
    for (const n of [1, 2]) expect((await write(n)).rowCount).toBe(1);
    await other.query('alter table changed add column m integer');
    for (const n of [3, 4]) await expect(write(n)).rejects.toMatchObject(refused);
    expect((await other.query('select n from changed order by n')).rows).toEqual([{ n: 1 }, { n: 2 }]);
    await client.query('begin');
    await expect(write(5)).rejects.toMatchObject(refused);
    await client.query('rollback');
    await other.query('alter table changed drop column m');
    expect((await write(6)).rows).toHaveLength(1);
    expect((await other.query('select n from changed order by n')).rows).toEqual([{ n: 1 }, { n: 2 }, { n: 6 }]);
  } finally {
    await Promise.all([client.end(), other.end()]);
  }
});

test('a query is refused whose columns another session has changed', async () => {
  await using server = await DuckDBServer.open({ script: "create table changed as select 1 as n, 'a' as v" });
  const [client, other] = await Promise.all([server.connect(), server.connect()]);
  try {
    const read = () => client.query({ name: 'read', text: 'select * from changed where n = $1', values: [1] });
    for (let time = 0; time < 2; time += 1) expect((await read()).rows).toHaveLength(1);
    await other.query('alter table changed drop column v');
    for (let time = 0; time < 2; time += 1) await expect(read()).rejects.toMatchObject(refused);
    expect((await other.query('select * from changed')).rows).toEqual([{ n: 1 }]);
  } finally {
    await Promise.all([client.end(), other.end()]);
  }
});
