import { expect, test } from 'vitest';
import { BaseConnection, encodedRows } from '../../src/index.js';
import { oneRow } from '../answers.js';
import { Bystander } from '../bystander.js';
import { answering, Conversation } from '../conversation.js';
import { extended, flush, parse, query, sync } from '../frames.js';
import { Listening } from '../listening.js';

class Connection extends BaseConnection {
  override handleConnect() {
    this.session.notify('harbour', 'early', 42);
    return true;
  }

  override handleQuery() {
    return oneRow();
  }
}

const notification = (payload: string, processId = 42): string =>
  `NotificationResponse\t ${processId} "harbour" "${payload}"\n`;

async function open() {
  const client = new Conversation(Connection, { sessionStatements: 'server' });
  const greeting = await client.start();
  const { session } = client.server.getConnection(0);
  return { client, greeting, session };
}

test('an idle client is notified at once, with the process id that was given or its own', async () => {
  const { client, session } = await open();
  await using _closing = client;
  session.notify('harbour', 'ship', 42);
  expect(await client.until('NotificationResponse')).toContain(notification('ship'));
  session.notify('harbour', 'boat');
  expect(await client.until('NotificationResponse')).toContain(notification('boat', session.processId));
});

test('an idle client is told of notices and parameters at once', async () => {
  const { client, session } = await open();
  await using _closing = client;
  session.notice({ message: 'the tide is coming in' });
  expect(await client.until('NoticeResponse')).toContain('M "the tide is coming in"');
  session.reportParameter('in_hot_standby', 'on');
  expect(await client.until('ParameterStatus')).toContain('"in_hot_standby" "on"');
});

test('RESET ALL leaves what says who the client is', async () => {
  const { client, session } = await open();
  await using _closing = client;
  session.reportParameter('is_superuser', 'on');
  await client.until('ParameterStatus');
  session.reportParameter('in_hot_standby', 'on');
  await client.until('ParameterStatus');
  expect(await client.ask(query('reset all'))).not.toContain('is_superuser');
  expect(await client.ask(query('show is_superuser'))).toContain("'on'");
});

test('a client that is not yet let in is notified before its first ReadyForQuery', async () => {
  const { client, greeting } = await open();
  await using _closing = client;
  expect(greeting).toContain(`${notification('early')}B\t5\tReadyForQuery\t I\n`);
});

test('a client in a block is notified when that has ended, in the order of the notifications', async () => {
  const { client, session } = await open();
  await using _closing = client;
  await client.ask(query('begin'));
  session.notify('harbour', 'first', 42);
  session.notify('harbour', 'second', 42);
  const inBlock = await client.ask(query('select 1'));
  expect(inBlock).not.toContain('NotificationResponse');
  expect(await client.ask(query('rollback'))).toMatch(/ROLLBACK.*\n.*"first"\n.*"second"\nB\t5\tReadyForQuery\t I\n$/);
});

test('a client in the middle of a pipeline is notified at its Sync', async () => {
  const { client, session } = await open();
  await using _closing = client;
  client.send(parse('select 1', 's'), flush());
  await client.until('ParseComplete');
  session.notify('harbour', 'ship', 42);
  client.send(extended('select 1'), flush());
  expect(await client.until('CommandComplete')).not.toContain('NotificationResponse');
  expect(await client.ask(sync())).toMatch(/^B\t\d+\tNotificationResponse.*\nB\t5\tReadyForQuery\t I\n$/);
});

test('a notice keeps its place among the rows of the one who gives it', async () => {
  await using client = new Conversation(
    answering((_sql, { session }) => {
      function* rows() {
        yield ['1'];
        session.notice({ message: 'between' });
        yield ['2'];
      }
      return encodedRows({ fields: [{ name: 'n', typeOid: 23 }], rows: rows() });
    }),
  );
  await client.start();
  const trace = await client.ask(query('select'));
  const told = trace.match(/DataRow|NoticeResponse/g);
  expect(told).toEqual(['DataRow', 'NoticeResponse', 'DataRow']);
});

test.each(['notify', 'notice'] as const)(
  'a client that reads nothing of what it is told by %s is sent away, and others do not notice',
  async (method) => {
    await using server = await Listening.open(Connection, { sessionStatements: 'server' });
    const bystander = await Bystander.watch(server.port);
    const deaf = await server.connect();
    await deaf.start();
    deaf.raw.pauseReading();
    const { session } = server.server.getConnection(1);
    const payload = 'x'.repeat(1_000_000);
    for (let count = 0; count < 200 && !session.signal.aborted; count += 1) {
      if (method === 'notify') session.notify('harbour', payload);
      else session.notice({ message: payload });
    }
    expect(session.signal.reason).toMatchObject({ severity: 'FATAL', sqlstate: '54000' });
    deaf.stream.destroy();
    await bystander.expectUnharmed();
  },
);
