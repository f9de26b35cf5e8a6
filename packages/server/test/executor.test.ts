import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { threadId } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BaseConnection, type Executor, RiffqServer, tag } from '../src/index.js';
import { Conversation, serialize } from './conversation.js';

let folder = '';
let filename = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'riffq-tasks-'));
  const path = join(folder, 'tasks.mjs');
  writeFileSync(
    path,
    `import { createConnection } from 'node:net';
     import { threadId } from 'node:worker_threads';
     export default (data) => ({ data, threadId });
     export const fail = () => { throw new Error('the task failed'); };
     export const connect = ({ sql }) => new Promise(() => createConnection(Number(sql.split(' ')[2])));`,
  );
  filename = pathToFileURL(path).href;
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Worker threads of this process, piscina's among them. */
function workers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'MessagePort' || name === 'Worker').length;
}

/** A connection that answers `run <export>` with what the executor made of it. */
class Connection extends BaseConnection {
  override async handleQuery(sql: string) {
    const name = sql.split(' ')[1];
    if (name === undefined) return tag('OK');
    const result = await this.executor.run({ filename, data: { sql } }, name === 'default' ? {} : { name });
    return tag(JSON.stringify(result));
  }
}

describe('the default executor', () => {
  test('runs a module’s function in another thread', async () => {
    await using client = new Conversation(Connection);
    await client.start();
    const trace = await client.ask(serialize.query('run default'));
    const [, json = ''] = /CommandComplete\t "(.*)"\n/.exec(trace) ?? [];
    const result = JSON.parse(json);
    expect(result.data).toEqual({ sql: 'run default' });
    expect(result.threadId).not.toBe(threadId);
  });

  test('hands on what a task throws', async () => {
    await using client = new Conversation(Connection);
    await client.start();
    expect(await client.ask(serialize.query('run fail'))).toContain('M "the task failed"');
  });

  test('ends with its server, also in the middle of a task', async () => {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const connected = once(listener, 'connection');
    const client = new Conversation(Connection);
    await client.start();
    client.send(serialize.query(`run connect ${port}`));
    const [socket] = await connected;
    socket.on('error', () => {}).resume();
    // What the task holds goes with its thread.
    const gone = once(socket, 'close');
    client.stream.destroy();
    await client.served;
    await client.server.close();
    await gone;
    listener.close();
  });

  test('is not made for who does not use it', async () => {
    const before = workers();
    await using client = new Conversation(Connection);
    await client.start();
    await client.ask(serialize.query('select'));
    expect(workers()).toBeLessThanOrEqual(before);
  });
});

test('an executor of the host’s is used, and left to the host', async () => {
  const tasks: unknown[] = [];
  const executor: Executor & { destroy(): void } = {
    async run(task, options) {
      tasks.push(task, options);
      return 'done by the host';
    },
    destroy() {
      throw new Error('not ours to destroy');
    },
  };
  await using client = new Conversation(Connection, { executor });
  await client.start();
  expect(await client.ask(serialize.query('run something'))).toContain('done by the host');
  expect(tasks).toEqual([{ filename, data: { sql: 'run something' } }, { name: 'something' }]);
});

test('a server that is closed without having been used makes no executor', async () => {
  const before = workers();
  await new RiffqServer('127.0.0.1:0', Connection).close();
  expect(workers()).toBeLessThanOrEqual(before);
});
