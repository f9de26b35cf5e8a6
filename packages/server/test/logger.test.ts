import { inspect } from 'node:util';
import { typeOid } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import { BaseConnection, PgError, tag } from '../src/index.js';
import { oneRow } from './answers.js';
import { Conversation, serialize } from './conversation.js';
import { startupMessage } from './startup-packets.js';

const secrets = { password: 'pa55word', parameter: 'param3ter', startup: 's3tting' };

class Connection extends BaseConnection {
  override handleAuth(user: string, password: string) {
    if (user === 'broken') throw new Error('the directory is down');
    return password === secrets.password;
  }
  override handleConnect() {
    if (this.session.user === 'rejected') throw new Error('no');
    return true;
  }
  override handleQuery(sql: string): ReturnType<BaseConnection['handleQuery']> {
    if (sql.startsWith('throw')) throw new Error('the handler is broken');
    if (sql.startsWith('refuse')) throw new PgError({ sqlstate: '42601', message: 'syntax error' });
    if (sql.startsWith('nothing')) return Promise.resolve();
    return oneRow();
  }
  override handleDisconnect() {
    if (this.session.user === 'leaves badly') throw new Error('cannot say goodbye');
  }
}

/** Every way that a client with secrets may take through the server. */
async function visit(client: Conversation, user: string, password: string): Promise<void> {
  client.send(startupMessage(0, { user, 'my.secret': secrets.startup }), serialize.password(password));
  const { parameter } = secrets;
  const statements = ['select $1', 'throw $1', 'refuse $1', 'nothing $1', 'select $1::int'];
  for (const text of statements) {
    const types = text.endsWith('int') ? [typeOid.int4] : [];
    client.send(
      serialize.parse({ text, types }),
      serialize.bind({ values: [parameter] }),
      serialize.describe({ type: 'P' }),
      serialize.execute(),
      serialize.sync(),
    );
    client.send(serialize.query(text.replace('$1', '1')));
  }
  // A frame that breaks off: rubbish with the secret in it.
  client.send(Buffer.from(`?${parameter}${secrets.password}`));
  await client.untilEnd();
  await client.served;
}

describe('what is logged', () => {
  test.each([
    ['alice', secrets.password],
    ['alice', `${secrets.password} mistyped`],
    ['broken', secrets.password],
    ['rejected', secrets.password],
    ['leaves badly', secrets.password],
  ])('of %s (%s) has no password, parameter or setting in it, at any level', async (user, password) => {
    await using client = new Conversation(Connection);
    await visit(client, user, password);
    const logged = inspect(client.logger.lines, { depth: null, showHidden: true });
    for (const secret of Object.values(secrets)) expect(logged).not.toContain(secret);
  });

  test('names a handler’s failure with its stack and connection, which the client does not see', async () => {
    await using client = new Conversation(Connection);
    client.send(startupMessage(0, { user: 'alice' }), serialize.password(secrets.password));
    await client.until('ReadyForQuery');
    const trace = await client.ask(serialize.query('throw'));
    expect(trace).toContain('C "XX000" M "the handler is broken"');
    expect(trace).not.toContain(import.meta.filename);
    expect(client.logger.lines).toMatchObject([
      { level: 'error', fields: { err: new Error('the handler is broken'), connectionId: 0 } },
    ]);
  });

  test('is nothing at all, from debug to error, for clients and statements that are in order', async () => {
    class Quiet extends BaseConnection {
      override handleQuery(sql: string) {
        return sql.startsWith('select') ? oneRow() : tag('OK');
      }
    }
    await using client = new Conversation(Quiet);
    await client.start();
    for (const sql of ['select 1', 'insert', 'begin', 'select 1; select 1', 'commit', '']) {
      await client.ask(serialize.query(sql));
      await client.ask(
        serialize.parse({ text: sql.split(';')[0] ?? '' }),
        serialize.bind(),
        serialize.execute(),
        serialize.sync(),
      );
    }
    client.send(serialize.end());
    await client.served;
    expect(client.logger.lines).toEqual([]);
  });
});
