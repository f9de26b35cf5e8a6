import { once } from 'node:events';
import { normaliseTrace } from '@riffq/testing';
import { describe, expect, inject, test } from 'vitest';
import type { ConnectionClass, ServerOptions } from '../src/index.js';
import { Conversation, serialize } from './conversation.js';
import { bind, execute, frame, parse, query, sync } from './frames.js';
import type { Frontend } from './frontend.js';
import { connectToOracle } from './oracle-frontend.js';
import { cannedAnswers } from './oracle-scripts/canned-answers.js';
import { CatchingCopyAnswers, CopyAnswers, copyOptionScripts, copyScripts } from './oracle-scripts/copy.js';
import { cursorPortalScripts, cursorScripts } from './oracle-scripts/cursors.js';
import { extendedQueryScripts } from './oracle-scripts/extended-query.js';
import { malformedMessageScripts } from './oracle-scripts/malformed-messages.js';
import { channelScripts, NotifyingAnswers, notificationScripts } from './oracle-scripts/notifications.js';
import { portalScripts } from './oracle-scripts/portals.js';
import { preparedScripts } from './oracle-scripts/prepared.js';
import { RawCopyAnswers, rawCopyScripts } from './oracle-scripts/raw-copy.js';
import type { Scripts, Turn } from './oracle-scripts/script.js';
import { sessionStatementScripts } from './oracle-scripts/session-statements.js';
import { settingValueScripts } from './oracle-scripts/setting-values.js';
import { simpleQueryScripts } from './oracle-scripts/simple-query.js';
import { transactionModeScripts, WritingAnswers } from './oracle-scripts/transaction-modes.js';
import { refusedSavepointScripts, transactionScripts } from './oracle-scripts/transactions.js';

const subjects: Readonly<Record<string, Scripts>> = {
  'simple queries': simpleQueryScripts,
  'extended queries': extendedQueryScripts,
  portals: portalScripts,
  transactions: { ...transactionScripts, ...refusedSavepointScripts },
  channels: channelScripts,
  cursors: { ...cursorScripts, ...cursorPortalScripts },
  'prepared statements': preparedScripts,
  'session statements': sessionStatementScripts,
  'values of settings': settingValueScripts,
};

async function play(client: Frontend, script: readonly Turn[]): Promise<string> {
  let trace = '';
  for (const { frames, until } of script) {
    client.send(...frames);
    trace += await client.until(until);
  }
  return normaliseTrace(trace);
}

/** Plays a script to the real PostgreSQL. */
async function askOracle(script: readonly Turn[]): Promise<string> {
  const { user, database } = inject('oracle');
  const client = await connectToOracle();
  try {
    await client.start({ user, database, application_name: 'script' });
    return await play(client, script);
  } finally {
    client.stream.end();
    await once(client.stream, 'close');
  }
}

async function askOurs(
  script: readonly Turn[],
  answers: ConnectionClass = cannedAnswers,
  options: ServerOptions = {},
): Promise<string> {
  await using client = new Conversation(answers, { sessionStatements: 'server', ...options });
  await client.start({ user: 'postgres', application_name: 'script' });
  return await play(client, script);
}

describe.each(Object.entries(subjects))('%s go as with PostgreSQL itself:', (_, scripts) => {
  test.each(Object.entries(scripts))('%s', async (_, script) => {
    expect(await askOurs(script)).toBe(await askOracle(script));
  });
});

describe('modes of transactions go as with PostgreSQL itself:', () => {
  test.each(Object.entries(transactionModeScripts))('%s', async (_, script) => {
    expect(await askOurs(script, WritingAnswers)).toBe(await askOracle(script));
  });
});

describe('COPY goes as with PostgreSQL itself:', () => {
  test.each(Object.entries({ ...copyScripts, ...copyOptionScripts }))('%s', async (_, script) => {
    expect(await askOurs(script, CopyAnswers)).toBe(await askOracle(script));
  });
});

describe('COPY whose handler catches what its batches throw goes as with PostgreSQL itself:', () => {
  test.each(Object.entries({ ...copyScripts, ...copyOptionScripts }).filter(([name]) => name.startsWith('in')))(
    '%s',
    async (_, script) => {
      expect(await askOurs(script, CatchingCopyAnswers)).toBe(await askOracle(script));
    },
  );
});

describe("COPY whose data are the handler's own goes as with PostgreSQL itself:", () => {
  test.each(Object.entries(rawCopyScripts))('%s', async (_, script) => {
    expect(await askOurs(script, RawCopyAnswers, { copy: 'handler' })).toBe(await askOracle(script));
  });
});

describe('notifications come when PostgreSQL sends them:', () => {
  test.each(Object.entries(notificationScripts))('%s', async (_, script) => {
    expect(await askOurs(script, NotifyingAnswers, { sessionStatements: 'handler' })).toBe(await askOracle(script));
  });
});

describe('malformed messages are refused as by PostgreSQL itself, with a detail more:', () => {
  // The field's code and its NUL are in the length too.
  const withoutDetail = (trace: string): string =>
    trace.replaceAll(
      /^B\t(\d+)(\tErrorResponse\t.*?) D "(Reading stopped at [^"]*)"/gm,
      (_, length: string, before: string, detail: string) => `B\t${Number(length) - detail.length - 2}${before}`,
    );

  test.each(Object.entries(malformedMessageScripts))('%s', async (_, script) => {
    expect(withoutDetail(await askOurs(script))).toBe(await askOracle(script));
  });
});

describe('what ends the connection ends it as with PostgreSQL itself:', () => {
  const into = query('copy numbers (n) from stdin');
  const data = serialize.copyData(Buffer.from('1\n'));
  const endings: Readonly<Record<string, readonly Uint8Array[]>> = {
    'a Query inside COPY': [into, data, query('select 1 as one')],
    'a Parse inside COPY': [into, data, parse('select 1 as one'), sync()],
    'a Terminate inside COPY': [into, data, serialize.end()],
    'a Query inside COPY of an extended query': [
      ...[parse('copy numbers (n) from stdin'), bind(), execute()],
      ...[data, query('select 1 as one'), sync()],
    ],
    'a PasswordMessage inside COPY': [into, data, frame('p', [Buffer.from('secret\0')]), query('select 1 as one')],
    'a type that no message has inside COPY': [into, data, frame('?', [Buffer.from('x\0')]), query('select 1 as one')],
    'another one inside COPY of an extended query': [
      ...[parse('copy numbers (n) from stdin'), bind(), execute()],
      ...[data, frame('z', []), sync()],
    ],
    'a length that no message has inside COPY': [into, data, Buffer.from([0x64, 0, 0, 0, 1]), query('select 1 as one')],
    'a Query with such a length inside COPY': [into, data, Buffer.from([0x51, 0, 0, 0, 1]), query('select 1 as one')],
    'a Terminate behind a CopyFail without an end': [
      ...[into, data, frame('f', [Buffer.from('no end')]), query('select 1 as one'), serialize.end()],
    ],
    'a Terminate behind a CopyFail that is not UTF-8': [
      ...[into, data, frame('f', [Buffer.from('\xff\0', 'latin1')]), query('select 1 as one'), serialize.end()],
    ],
    'a Terminate behind COPY messages with bodies that nobody reads': [
      ...[into, data, frame('S', [Buffer.from('more')]), frame('H', [Buffer.from('more')]), data],
      ...[frame('c', [Buffer.from('more')]), query('select 1 as one'), serialize.end()],
    ],
    'a Terminate with a body': [query('select 1 as one'), frame('X', [Buffer.from('more')]), query('select 1 as one')],
    'a Terminate with a body, behind an error': [bind({ statement: 'none' }), frame('X', [Buffer.from('more')])],
  };

  async function ended(client: Frontend, frames: readonly Uint8Array[]): Promise<string> {
    await client.start({ user: inject('oracle').user, database: inject('oracle').database });
    await client.ask(query('create temporary table numbers (n int4)'));
    client.send(...frames);
    return normaliseTrace(await client.untilEnd());
  }

  /** What a handler that takes the data itself does not know. */
  const withoutContext = (trace: string): string =>
    trace.replaceAll(
      /^B\t\d+(\tErrorResponse\t.*?)( D "Reading stopped[^"]*")?( W "[^"]*")?( P "[^"]*")? \\x00$/gm,
      'B$1',
    );

  test.each(Object.entries(endings))('%s', async (_, frames) => {
    const theirs = await ended(await connectToOracle(), frames);
    await using ours = new Conversation(CopyAnswers);
    expect(withoutContext(await ended(ours, frames))).toBe(withoutContext(theirs));
    await using raw = new Conversation(RawCopyAnswers, { copy: 'handler' });
    expect(withoutContext(await ended(raw, frames))).toBe(withoutContext(theirs));
  });

  test('a Query inside COPY, with the line', async () => {
    const frames = endings['a Query inside COPY'] ?? [];
    const theirs = await ended(await connectToOracle(), frames);
    await using ours = new Conversation(CopyAnswers);
    expect(await ended(ours, frames)).toBe(theirs);
    // Its handler says where it was when the data ended.
    await using raw = new Conversation(RawCopyAnswers, { copy: 'handler' });
    expect(await ended(raw, frames)).toBe(theirs);
  });
});

describe('the comparison', () => {
  const all = Object.values(subjects).flatMap((scripts) => Object.values(scripts));
  const names = (trace: string): Set<string> => new Set(trace.split('\n').map((line) => line.split('\t')[2] ?? ''));
  const messages = [
    ...['BindComplete', 'CloseComplete', 'CommandComplete', 'DataRow', 'EmptyQueryResponse', 'ErrorResponse', 'NoData'],
    ...[
      'NoticeResponse',
      'ParameterDescription',
      'ParameterStatus',
      'ParseComplete',
      'PortalSuspended',
      'ReadyForQuery',
    ],
    'RowDescription',
  ];

  test.each(messages)('would notice if our server left out a %s', async (message) => {
    for (const script of all) {
      const theirs = await askOracle(script);
      if (!names(theirs).has(message)) continue;
      const ours = (await askOurs(script)).split('\n');
      ours.splice(
        ours.findIndex((line) => line.split('\t')[2] === message),
        1,
      );
      expect(ours.join('\n')).not.toBe(theirs);
      return;
    }
    expect.unreachable('no script has this message');
  });
});
