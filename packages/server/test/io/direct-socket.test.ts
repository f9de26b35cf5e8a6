import { describe, expect, test } from 'vitest';
import { BaseConnection, type ParameterValue, type QueryContext, type Session } from '../../src/index.js';
import { oneRow } from '../answers.js';
import { extended, query, sync } from '../frames.js';
import { Latch } from '../latch.js';
import { Listening } from '../listening.js';

test('what a handler was given stays as it was, whatever other clients send meanwhile', async () => {
  const kept: ParameterValue[] = [];
  const running = new Latch();
  const finish = new Latch();
  class Connection extends BaseConnection {
    override async handleQuery(sql: string, _callback: unknown, { args }: QueryContext) {
      if (sql !== 'keep') return oneRow();
      kept.push(...args);
      running.open();
      await finish.opened;
      return oneRow();
    }
  }
  await using listening = await Listening.open(Connection);
  const keeper = await listening.connect();
  await keeper.start();
  const value = Buffer.alloc(8192, 'kept');
  keeper.send(extended('keep', { types: [17], values: [value], parameterFormats: [1] }), sync());
  await running.opened;
  const other = await listening.connect();
  await other.start();
  await other.ask(query(`select '${'x'.repeat(60_000)}'`));
  expect(kept).toEqual([new Uint8Array(value)]);
  finish.open();
  expect(await keeper.until('ReadyForQuery')).toContain('CommandComplete');
});

test('what a handler was given cannot be taken away from other clients', async () => {
  class Connection extends BaseConnection {
    override handleQuery(sql: string, _callback: unknown, { encodedArgs }: QueryContext) {
      const [value] = encodedArgs.values;
      if (sql === 'move' && value?.buffer instanceof ArrayBuffer) structuredClone(value, { transfer: [value.buffer] });
      return oneRow();
    }
  }
  await using listening = await Listening.open(Connection);
  const mover = await listening.connect();
  await mover.start();
  const other = await listening.connect();
  await other.start();
  // Whether that is an error or makes a copy, depends on the version of Node.
  await mover.ask(extended('move', { types: [17], values: [Buffer.from('mine')], parameterFormats: [1] }), sync());
  expect(await other.ask(query('select 1'))).toContain('DataRow');
  expect(await mover.ask(query('select 1'))).toContain('DataRow');
});

describe('a client that does not take what it is told', () => {
  const told = 5000;
  const text = (number: number): string => `${number} ${String(number % 10).repeat(8000)}`;
  const tellAll = (session: Session | undefined): void => {
    for (let number = 0; number < told; number += 1) {
      session?.notice({ severity: 'NOTICE', sqlstate: '00000', message: text(number) });
    }
  };

  const tellOneThatDoesNotRead = async (listening: Listening) => {
    const frontend = await listening.connect();
    await frontend.start();
    await frontend.ask(query('select 1'));
    frontend.stream.pause();
    tellAll(listening.server.sessions()[0]);
    return frontend;
  };

  test('gets all of it as it was, once it reads', async () => {
    class Connection extends BaseConnection {
      override handleQuery() {
        return oneRow();
      }
    }
    await using listening = await Listening.open(Connection);
    const frontend = await tellOneThatDoesNotRead(listening);
    frontend.stream.resume();
    frontend.send(query('select 1'));
    const { messages } = await frontend.raw.until(({ name }) => name === 'ReadyForQuery');
    const notices = messages.filter(({ name }) => name === 'NoticeResponse');
    expect(notices).toHaveLength(told);
    const wrong = notices.findIndex(({ bytes }, number) => !Buffer.from(bytes).includes(`M${text(number)}\0`));
    expect(wrong).toBe(-1);
  });

  test('and is gone then, keeps nobody up', async () => {
    const left = new Latch();
    class Connection extends BaseConnection {
      override handleQuery() {
        return oneRow();
      }

      override handleDisconnect() {
        left.open();
      }
    }
    await using listening = await Listening.open(Connection);
    const frontend = await tellOneThatDoesNotRead(listening);
    frontend.reset();
    await left.opened;
    const other = await listening.connect();
    await other.start();
    expect(await other.ask(query('select 1'))).toContain('DataRow');
    expect(listening.logger.lines).toEqual([]);
  });
});
