import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type ServerProcess, startServer } from '@riffq/testing';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { builtProgram } from './built-program.js';

const run = promisify(execFile);
const withoutPsql = await run('psql', ['--version']).then(
  () => false,
  () => process.env['CI'] !== 'true',
);

function start(name: string): Promise<ServerProcess> {
  return startServer(process.execPath, [builtProgram(name)]);
}

async function connect({ host, port }: ServerProcess, database: string): Promise<pg.Client> {
  const client = new pg.Client({ host, port, user: 'reader', database });
  await client.connect();
  return client;
}

/** What psql prints for its commands, one after another. */
async function psql({ host, port }: ServerProcess, database: string, commands: readonly string[]): Promise<string> {
  const place = ['-h', host, '-p', String(port), '-U', 'reader', '-d', database];
  const { stdout } = await run('psql', ['-X', '-A', ...place, ...commands.flatMap((command) => ['-c', command])]);
  return stdout;
}

describe('in-memory', () => {
  test('answers with the rows of its arrays, typed as registered', async () => {
    await using server = await start('in-memory');
    const client = await connect(server, 'sky');
    const { rows, fields } = await client.query('SELECT * FROM planets');
    expect(rows[1]).toEqual({ id: '3', name: 'Earth', mass: 1 });
    const columns = await client.query(
      "SELECT atttypid FROM pg_attribute WHERE attrelid = 'planets'::regclass AND attnum > 0 ORDER BY attnum",
    );
    expect(columns.rows.map(({ atttypid }) => atttypid)).toEqual(fields.map(({ dataTypeID }) => dataTypeID));
    expect((await client.query('SELECT * FROM "public"."moons"')).rows).toHaveLength(2);
    await expect(client.query('SELECT name FROM planets')).rejects.toMatchObject({ code: '0A000' });
    await client.end();
  });

  test.skipIf(withoutPsql)('shows psql its tables with keys and comments', async () => {
    await using server = await start('in-memory');
    const shown = await psql(server, 'sky', ['\\d planets', '\\dt+', '\\d moons']);
    expect(shown).toContain('"planets_pkey" PRIMARY KEY, btree (id)');
    expect(shown).toContain('in the order of their distance from the sun');
    expect(shown).toContain('FOREIGN KEY (planet) REFERENCES planets(id)');
  });
});

describe('lazy-catalog', () => {
  test('has a table at once when it is made, and has it no more when it is dropped', async () => {
    await using server = await start('lazy-catalog');
    const [maker, looker] = await Promise.all([connect(server, 'zoo'), connect(server, 'zoo')]);
    const tables = 'SELECT table_name FROM information_schema.tables WHERE table_schema = $1 ORDER BY 1';
    const names = async () => (await looker.query({ text: tables, values: ['public'], rowMode: 'array' })).rows.flat();
    expect(await names()).toEqual(['birds']);
    await maker.query('CREATE TABLE fish (id bigint, born date)');
    expect(await names()).toEqual(['birds', 'fish']);
    expect((await looker.query('SELECT * FROM fish')).fields.map(({ name }) => name)).toEqual(['id', 'born']);
    await maker.query('CREATE TABLE Whale (Id date)');
    expect(await names()).toEqual(['birds', 'fish', 'whale']);
    expect((await looker.query('SELECT * FROM WHALE')).fields.map(({ name }) => name)).toEqual(['id']);
    await maker.query('drop table WHALE');
    await maker.query('DROP TABLE birds');
    expect(await names()).toEqual(['fish']);
    await expect(looker.query('SELECT * FROM birds')).rejects.toMatchObject({ code: '42P01' });
    await expect(maker.query('CREATE TABLE t (a money)')).rejects.toMatchObject({ code: '42704' });
    await Promise.all([maker.end(), looker.end()]);
  });

  test.skipIf(withoutPsql)('shows psql a new table', async () => {
    await using server = await start('lazy-catalog');
    const shown = await psql(server, 'zoo', ['CREATE TABLE fish (id bigint, born date)', '\\d fish']);
    expect(shown).toContain('Table "public.fish"');
    expect(shown).toContain('id|bigint|||\nborn|date|||\n');
  });
});

describe('databases', () => {
  test('each has its own tables, all are listed, another is refused', async () => {
    await using server = await start('databases');
    const client = await connect(server, 'sea');
    expect((await client.query('SELECT * FROM fish')).rows).toHaveLength(3);
    await expect(client.query('SELECT * FROM stars')).rejects.toMatchObject({ code: '42P01' });
    const listed = await client.query({ text: 'SELECT datname FROM pg_database ORDER BY 1', rowMode: 'array' });
    expect(listed.rows.flat()).toEqual(['land', 'sea', 'sky']);
    await client.end();
    await expect(connect(server, 'moon')).rejects.toMatchObject({ code: '3D000' });
  });

  test.skipIf(withoutPsql)('psql moves between them', async () => {
    await using server = await start('databases');
    const shown = await psql(server, 'sky', ['\\dt', '\\c land', '\\dt', 'SELECT * FROM trees']);
    const [before, after = ''] = shown.split('You are now connected to database "land"');
    expect(before).toContain('public|stars|table');
    expect(after).toContain('public|trees|table');
    expect(after).toContain('\noak\n');
  });
});
