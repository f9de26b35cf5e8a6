import { describe, expect, test } from 'vitest';
import { BaseConnection, type BooleanCallback, PgError, tag } from '../../../src/index.js';
import { Bystander } from '../../bystander.js';
import { Conversation, serialize } from '../../conversation.js';
import { type Decision, deciding, untyped } from '../../deciding.js';
import { Latch } from '../../latch.js';
import { Listening } from '../../listening.js';
import { startupMessage } from '../../startup-packets.js';

const alice = startupMessage(0, { user: 'alice', database: 'shop' });
const rejected = 'S "FATAL" V "FATAL" C "28000" M "Connection rejected"';

describe('handleConnect', () => {
  test.each<[string, (callback: BooleanCallback) => Decision, string]>([
    ['false', () => false, rejected],
    ['a promise of false', async () => false, rejected],
    ['1', () => untyped(1), rejected],
    ['a promise of nothing', async () => {}, rejected],
    ['the callback with false', (callback) => callback(false), rejected],
    [
      'details',
      (callback) => callback(false, { message: 'closed on Sundays', sqlstate: '57P03' }),
      'S "FATAL" V "FATAL" C "57P03" M "closed on Sundays"',
    ],
    [
      'an error, thrown',
      () => {
        throw new Error('oops');
      },
      rejected,
    ],
  ])('refuses by answering with %s', async (_, connect, refusal) => {
    const events: string[] = [];
    await using client = new Conversation(deciding(events, () => true, connect));
    client.send(alice, serialize.password('secret'), serialize.query('select 1'));
    const trace = await client.untilEnd();
    expect(trace).toContain(refusal);
    expect(trace).not.toContain('AuthenticationOk');
    await client.served;
    expect(events).toEqual(['auth alice secret 127.0.0.1 shop', 'connect 127.0.0.1 4711', 'disconnect 127.0.0.1 4711']);
  });

  test('may close the session itself', async () => {
    class Closing extends BaseConnection {
      override handleConnect() {
        this.session.close(new PgError({ sqlstate: '57P03', message: 'the database system is starting up' }));
        return true;
      }
      override handleQuery() {
        return tag('OK');
      }
    }
    await using client = new Conversation(Closing);
    client.send(alice);
    expect(await client.untilEnd()).toMatch(/^B\t\d+\tErrorResponse\t S "FATAL" V "FATAL" C "57P03"[^\n]*\n$/);
  });

  test('may close the session without a word, and fail afterwards', async () => {
    const late = new Latch();
    class Closing extends BaseConnection {
      override handleConnect() {
        this.session.close();
        return late.opened.then(() => Promise.reject(new Error('too late to matter')));
      }
      override handleQuery() {
        return tag('OK');
      }
    }
    await using client = new Conversation(Closing);
    client.send(alice);
    expect(await client.untilEnd()).toBe('');
    late.open();
  });

  test('that has not decided holds up nobody else', async () => {
    let waiting = (): void => {};
    const asked = new Promise<void>((resolve) => {
      waiting = resolve;
    });
    class Slow extends BaseConnection {
      override handleConnect() {
        if (this.session.user !== 'slow') return true;
        waiting();
        return undefined;
      }
      override handleQuery() {
        return tag('SELECT 1');
      }
    }
    await using server = await Listening.open(Slow);
    const bystander = await Bystander.watch(server.port);
    const client = await server.connect();
    client.send(startupMessage(0, { user: 'slow' }));
    await asked;
    await bystander.expectUnharmed();
    client.stream.destroy();
  });
});
