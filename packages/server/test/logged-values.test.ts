import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { BaseConnection, type QueryContext, tag } from '../src/index.js';
import { serialize } from './conversation.js';
import { bind, execute, parse, query, sync } from './frames.js';
import { Listening } from './listening.js';
import { startupMessage } from './startup-packets.js';

/** What no log may have: passwords, values of parameters and of COPY data, literals. */
const secrets = {
  rightPassword: 'correct-horse',
  wrongPassword: 'battery-staple',
  parameter: 'card-4111111111111111',
  undecodable: 'ssn-078-05-1120',
  literal: 'literal-iban-de89',
  copied: 'copied-salary-99000',
};

const console = { log: vi.fn(), warn: vi.fn(), error: vi.fn(), info: vi.fn(), debug: vi.fn() };
beforeAll(() => void vi.stubGlobal('console', { ...globalThis.console, ...console }));
afterAll(() => void vi.unstubAllGlobals());

class Connection extends BaseConnection {
  override handleAuth(_user: string, password: string) {
    if (password === '') throw new Error('the directory is down');
    return password === secrets.rightPassword;
  }
  override handleQuery(sql: string, _callback: unknown, { args }: QueryContext) {
    if (sql.startsWith('fail')) throw new Error('the engine is down');
    if (sql.startsWith('wrong')) return [{ a: args.length }, { a: 'no number' }];
    return tag('OK');
  }
  override async handleCopyIn(): Promise<number> {
    throw new Error('the table is gone');
  }
  override handleDisconnect(): void {
    throw new Error('the cache is gone');
  }
}

test('nothing that is logged, at any level, has a password, a parameter or data in it', async () => {
  await using server = await Listening.open(Connection);
  const { logger } = server;
  for (const password of [secrets.wrongPassword, '', `${secrets.wrongPassword}\0${secrets.wrongPassword}`]) {
    const refused = await server.connect();
    refused.send(startupMessage(0, { user: 'alice' }), serialize.password(password));
    await refused.untilEnd();
  }
  const misplaced = await server.connect();
  misplaced.send(serialize.password(secrets.wrongPassword));
  await misplaced.untilEnd();
  const unasked = await server.connect();
  unasked.send(startupMessage(0, { user: 'alice' }), query(secrets.literal));
  await unasked.untilEnd();

  const client = await server.connect();
  client.send(startupMessage(0, { user: 'alice' }), serialize.password(secrets.rightPassword));
  await client.until('ReadyForQuery');
  const values = [secrets.parameter];
  await client.ask(parse('ok $1'), bind({ values }), execute(), sync());
  await client.ask(parse('fail $1'), bind({ values }), execute(), sync());
  await client.ask(parse('wrong $1'), bind({ values }), execute(), sync());
  await client.ask(parse('ok $1', '', [23]), bind({ values: [secrets.undecodable] }), sync());
  await client.ask(parse('ok $1', '', [17]), bind({ values: [`\\x${secrets.undecodable}`] }), sync());
  await client.ask(query(`fail '${secrets.literal}'`));
  await client.ask(query(`set statement_timeout = '${secrets.literal}'`));
  client.send(
    query('copy t (a) from stdin'),
    serialize.copyData(Buffer.from(`${secrets.copied}\n`)),
    serialize.copyDone(),
  );
  await client.until('ReadyForQuery');
  client.send(
    query('copy t (a) from stdin'),
    serialize.copyData(Buffer.from(secrets.copied)),
    serialize.copyFail(secrets.copied),
  );
  await client.until('ReadyForQuery');
  client.send(Buffer.from(`Q\x7f\xff\xff\xff${secrets.literal}`, 'latin1'));
  await client.untilEnd();
  await server.server.close();

  expect(logger.lines.length).toBeGreaterThan(5);
  const logged = inspect([logger.lines, Object.values(console).map(({ mock }) => mock.calls)], {
    depth: null,
    showHidden: true,
    maxArrayLength: null,
    maxStringLength: null,
  });
  for (const secret of Object.values(secrets)) expect(logged).not.toContain(secret);
  expect(logged).toContain('the engine is down');
});
