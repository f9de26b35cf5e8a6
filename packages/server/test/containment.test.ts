import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { encodedRows, type QueryCallback, type QueryContext, type QueryResult, tag } from '../src/index.js';
import { oneRow } from './answers.js';
import { Bystander } from './bystander.js';
import { answering } from './conversation.js';
import { bind, describeStatement, execute, parse, query, sync } from './frames.js';
import { Listening } from './listening.js';
import { integers } from './tracked-source.js';
import { untyped } from './untyped.js';

const fields = [{ name: 'n', typeOid: 25 }];
const broken = (): Error => new Error('the disk is on fire');

function brokenStream(): Readable {
  const stream = Readable.from([['a'], ['b'], ['c']]);
  stream.destroy(broken());
  return stream;
}

/** Gives two rows and then breaks, whether or not somebody reads it. */
function breakingStream(): Readable {
  const stream = new PassThrough({ objectMode: true });
  stream.write(['a']);
  stream.write(['b']);
  setImmediate(() => stream.destroy(broken()));
  return stream;
}

/** What a handler may do wrong; nothing of it is caught by anybody but the server. */
const crashes: Readonly<
  Record<string, (context: QueryContext, callback: QueryCallback) => QueryResult | Promise<QueryResult> | undefined>
> = {
  'gives a stream that is broken': () => encodedRows({ fields, rows: brokenStream() }),
  'gives a stream that breaks': () => encodedRows({ fields, rows: breakingStream() }),
  'gives record batches from a stream that is broken': () => ({ schema: integers().schema, batches: brokenStream() }),
  'gives a stream of batches that is broken': () => untyped(brokenStream()),
  'promises a stream that is broken': async () => encodedRows({ fields, rows: brokenStream() }),
  'throws after its answer': (_context, callback) => {
    callback([{ n: 1 }]);
    throw broken();
  },
  'answers, and its promise rejects': (_context, callback) => {
    callback([{ n: 1 }]);
    return Promise.reject(broken());
  },
  'answers again and again, with what has to be closed': (_context, callback) => {
    for (let at = 0; at < 3; at += 1) callback(encodedRows({ fields, rows: brokenStream() }));
    return undefined;
  },
  'answers with an error and with rows later': (_context, callback) => {
    callback(broken(), { isError: true });
    setImmediate(() => callback([{ n: 1 }]));
    return undefined;
  },
  'gives an iterable that throws when it is opened': () =>
    encodedRows({
      fields,
      rows: {
        [Symbol.asyncIterator]: () => {
          throw broken();
        },
      },
    }),
  'gives an iterator whose return throws': () =>
    encodedRows({
      fields,
      rows: {
        [Symbol.iterator]: () => ({
          next: () => {
            throw broken();
          },
          return: () => {
            throw broken();
          },
        }),
      },
    }),
  'gives an iterator whose return rejects': () =>
    encodedRows({
      fields,
      rows: {
        [Symbol.asyncIterator]: () => {
          const left = ['a', 'b', 'c'];
          return {
            next: () => Promise.resolve({ done: left.length === 0, value: [left.pop() ?? ''] }),
            return: () => Promise.reject(broken()),
          };
        },
      },
    }),
  'gives something whose then throws': () =>
    untyped(
      Object.defineProperty({}, 'then', {
        get() {
          throw broken();
        },
      }),
    ),
};

describe('the session goes on, as do all others, when a handler', () => {
  test.each(Object.entries(crashes))('%s', async (_, crash) => {
    const connectionClass = answering((sql, context, callback) =>
      sql === 'crash' ? crash(context, callback) : sql === 'tag' ? tag('OK') : oneRow(),
    );
    await using server = await Listening.open(connectionClass);
    const bystander = await Bystander.watch(server.port);
    const client = await server.connect();
    await client.start();
    await client.ask(query('crash'));
    // Described and not read; read in portions; closed unread.
    await client.ask(parse('crash'), describeStatement(), sync());
    await client.ask(parse('crash'), bind(), execute('', 1), sync());
    await client.ask(query('copy (crash) to stdout'));
    expect(await client.ask(query('tag'))).toContain('"OK"');
    await bystander.expectUnharmed();
    client.stream.destroy();
  });
});
