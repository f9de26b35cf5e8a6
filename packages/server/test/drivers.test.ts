import pg from 'pg';
import Cursor from 'pg-cursor';
import { describe, expect, test } from 'vitest';
import { PgError, type QueryResult, tag } from '../src/index.js';
import { answering } from './conversation.js';
import { Listening } from './listening.js';
import { integers, TrackedSource } from './tracked-source.js';

/** A server and a node-postgres client of it. */
async function connected(answer: (sql: string, args: readonly unknown[]) => QueryResult) {
  const listening = await Listening.open(
    answering((sql, { args }) => answer(sql, args)),
    { sessionStatements: 'server' },
  );
  const client = new pg.Client({ host: '127.0.0.1', port: listening.port, user: 'alice', database: 'shop' });
  await client.connect();
  return {
    client,
    async [Symbol.asyncDispose]() {
      await client.end();
      await listening[Symbol.asyncDispose]();
    },
  };
}

describe('node-postgres', () => {
  test('gets rows, fields and the number of rows, with and without parameters', async () => {
    await using server = await connected((_, args) => [{ n: 1, text: String(args[0] ?? 'none'), yes: true }]);
    const simple = await server.client.query('select');
    expect(simple).toMatchObject({ command: 'SELECT', rowCount: 1, rows: [{ n: '1', text: 'none', yes: true }] });
    expect(simple.fields.map(({ name, dataTypeID }) => [name, dataTypeID])).toEqual([
      ['n', 20],
      ['text', 1043],
      ['yes', 16],
    ]);
    expect((await server.client.query('select $1', ['x'])).rows).toEqual([{ n: '1', text: 'x', yes: true }]);
    expect((await server.client.query('select $1', [null])).rows[0].text).toBe('none');
  });

  test('gets an error with its fields, and then a good answer on the same connection', async () => {
    await using server = await connected((sql) => {
      if (sql.startsWith('fail'))
        throw new PgError({ sqlstate: '42P01', message: 'none', hint: 'make it', position: 6 });
      return integers(7);
    });
    for (const query of [{ text: ' fail' }, { text: ' fail $1', values: ['x'] }]) {
      await expect(server.client.query(query)).rejects.toMatchObject({ code: '42P01', hint: 'make it', position: '7' });
      expect((await server.client.query('select')).rows).toEqual([{ n: 7 }]);
    }
  });

  test('runs a named statement again without preparing it again', async () => {
    let runs = 0;
    await using server = await connected(() => {
      runs += 1;
      return integers(runs);
    });
    for (let i = 1; i <= 3; i += 1) {
      expect((await server.client.query({ name: 'named', text: 'select $1', values: [i] })).rows).toEqual([{ n: i }]);
    }
    expect(runs).toBe(3);
  });

  test('gets a result for each of several statements', async () => {
    await using server = await connected((sql) => (sql === 'one' ? integers(1) : tag('INSERT 0 5')));
    const results: unknown = await server.client.query('one; insert; one');
    expect(results).toMatchObject([{ rows: [{ n: 1 }] }, { command: 'INSERT', rowCount: 5 }, { rows: [{ n: 1 }] }]);
  });

  test('runs transactions whose state it is told', async () => {
    await using server = await connected((sql) => {
      if (sql === 'fail') throw new Error('no');
      return tag('OK');
    });
    await server.client.query('begin');
    await expect(server.client.query('fail')).rejects.toMatchObject({ code: 'XX000' });
    await expect(server.client.query('insert')).rejects.toMatchObject({ code: '25P02' });
    expect(await server.client.query('commit')).toMatchObject({ command: 'ROLLBACK' });
    expect(await server.client.query('insert')).toMatchObject({ command: 'OK' });
  });
});

describe('pg-cursor', () => {
  const batches = () => Array.from({ length: 10 }, (_, n) => integers(2 * n, 2 * n + 1));

  test('reads a result in parts, pulling no more than it reads', async () => {
    const source = new TrackedSource(...batches());
    await using server = await connected(() => ({ schema: source.schema, batches: source.batches() }));
    const cursor = server.client.query(new Cursor('select'));
    expect(await cursor.read(3)).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }]);
    expect(source.pulled).toBe(2);
    expect(await cursor.read(3)).toEqual([{ n: 3 }, { n: 4 }, { n: 5 }]);
    expect(await cursor.read(100)).toHaveLength(14);
    expect(await cursor.read(100)).toEqual([]);
    await cursor.close();
    expect(source.isReleased).toBe(true);
  });

  test('closed early releases the source, and the connection goes on', async () => {
    const source = new TrackedSource(...batches());
    await using server = await connected((sql) =>
      sql === 'select' ? { schema: source.schema, batches: source.batches() } : integers(7),
    );
    const cursor = server.client.query(new Cursor('select'));
    await cursor.read(1);
    await cursor.close();
    await source.released;
    expect(source.pulled).toBe(1);
    expect((await server.client.query('other')).rows).toEqual([{ n: 7 }]);
  });

  test('gets an error in the middle after the rows before it', async () => {
    const source = new TrackedSource(integers(1), new PgError({ sqlstate: '58030', message: 'disk on fire' }));
    await using server = await connected((sql) =>
      sql === 'select' ? { schema: source.schema, batches: source.batches() } : integers(7),
    );
    const cursor = server.client.query(new Cursor('select'));
    expect(await cursor.read(1)).toEqual([{ n: 1 }]);
    await expect(cursor.read(1)).rejects.toMatchObject({ code: '58030' });
    expect((await server.client.query('other')).rows).toEqual([{ n: 7 }]);
  });
});
