import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BaseConnection, RiffqServer, type Session } from '../src/index.js';
import { oneRow } from './answers.js';
import { serialize } from './conversation.js';
import { Frontend } from './frontend.js';
import { portOf } from './listening.js';

const sessions: Session[] = [];

class Connection extends BaseConnection {
  override handleQuery() {
    sessions.push(this.session);
    return oneRow();
  }
}

describe('a TCP address', () => {
  test('that is taken is an error of the host’s, and the server may try again', async () => {
    await using first = new RiffqServer('127.0.0.1:0', Connection);
    await first.listen();
    await using second = new RiffqServer({ port: portOf(first) }, Connection);
    const refusal = { code: 'RIFFQ_ERR_LISTEN_ADDRESS', message: expect.stringMatching(/EADDRINUSE/) };
    await expect(second.listen()).rejects.toMatchObject(refusal);
    expect(second.address()).toBeNull();
    await expect(second.start()).rejects.toMatchObject(refusal);
    await first.close();
    await second.listen();
    expect(second.address()).not.toBeNull();
  });

  test.each(['192.0.2.1:0', 'no-such-host.invalid:0'])('that is not ours is an error: %s', async (address) => {
    const server = new RiffqServer(address, Connection);
    await expect(server.listen()).rejects.toMatchObject({ code: 'RIFFQ_ERR_LISTEN_ADDRESS' });
    expect(server.address()).toBeNull();
  });

  test.each(['[::1]:0', 'localhost:0'])('of %s serves drivers', async (address) => {
    await using server = new RiffqServer(address, Connection);
    await server.listen();
    const host = address.startsWith('[') ? '::1' : 'localhost';
    const client = new pg.Client({ host, port: portOf(server), user: 'alice', database: 'shop' });
    await client.connect();
    expect((await client.query('select 1')).rows).toEqual([{ '?column?': 1 }]);
    expect(sessions.at(-1)?.remotePort).toBeGreaterThan(0);
    await client.end();
  });

  test.each(['127.0.0.1', '::1'])('of all addresses has clients of %s come from there', async (host) => {
    await using server = new RiffqServer('[::]:0', Connection);
    await server.listen();
    const client = new pg.Client({ host, port: portOf(server), user: 'alice', database: 'shop' });
    await client.connect();
    const addresses = server.sessions().map(({ remoteAddress }) => remoteAddress);
    await client.end();
    expect(addresses).toEqual([host]);
  });
});

describe.skipIf(process.platform === 'win32')('a Unix socket', () => {
  let folder = '';
  let path = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'riffq-'));
    path = join(folder, '.s.PGSQL.5432');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('serves drivers, whose address is empty, and goes with its server', async () => {
    const server = new RiffqServer(path, Connection);
    expect(await server.listen()).toBe(path);
    expect(server.address()).toBe(path);
    const client = new pg.Client({ host: folder, user: 'alice', database: 'shop' });
    await client.connect();
    expect((await client.query('select 1')).rows).toEqual([{ '?column?': 1 }]);
    expect(sessions.at(-1)).toMatchObject({ remoteAddress: '', remotePort: 0 });
    await client.end();
    await server.close();
    expect(existsSync(path)).toBe(false);
  });

  test('may be given as an object', async () => {
    await using server = new RiffqServer({ path }, Connection);
    expect(await server.listen()).toBe(path);
  });

  test('that a killed server left behind is replaced', async () => {
    const program = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => console.log('listening'))`;
    const killed = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(killed.stdout, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(existsSync(path)).toBe(true);
    await using server = new RiffqServer(path, Connection);
    expect(await server.listen()).toBe(path);
    const client = await Frontend.connect({ path });
    await client.start();
    expect(await client.ask(serialize.query('select 1'))).toContain('DataRow');
    client.stream.destroy();
  });

  test('that is in use is an error, and its server goes on', async () => {
    await using first = new RiffqServer(path, Connection);
    await first.listen();
    const second = new RiffqServer(path, Connection);
    await expect(second.listen()).rejects.toMatchObject({ code: 'RIFFQ_ERR_LISTEN_ADDRESS' });
    const client = await Frontend.connect({ path });
    expect(await client.start()).toContain('ReadyForQuery');
    client.stream.destroy();
  });

  test('is never made of a file that is something else', async () => {
    const file = join(folder, 'letter.txt');
    writeFileSync(file, 'dear all');
    const server = new RiffqServer(file, Connection);
    await expect(server.listen()).rejects.toMatchObject({
      code: 'RIFFQ_ERR_LISTEN_ADDRESS',
      message: expect.stringContaining(file),
    });
    expect(readFileSync(file, 'utf8')).toBe('dear all');
  });

  test('in a folder that is not there is an error', async () => {
    const server = new RiffqServer(join(folder, 'missing', 'socket'), Connection);
    await expect(server.listen()).rejects.toMatchObject({ code: 'RIFFQ_ERR_LISTEN_ADDRESS' });
  });
});

test('a listening server keeps its address from every other program', async () => {
  await using server = new RiffqServer('127.0.0.1:0', Connection);
  await server.listen();
  const other = createServer().listen(portOf(server), '127.0.0.1');
  const [error] = await once(other, 'error');
  expect(error).toMatchObject({ code: 'EADDRINUSE' });
});
