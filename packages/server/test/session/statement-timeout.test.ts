import { once } from 'node:events';
import { typeOid } from '@riffq/wire';
import pg from 'pg';
import { expect, test } from 'vitest';
import {
  encodedRows,
  type QueryResult,
  type StatementContext,
  type StatementDescription,
  serve,
  tag,
} from '../../src/index.js';
import { Bystander } from '../bystander.js';
import { answering, Conversation } from '../conversation.js';
import { describeStatement, parse, sync } from '../frames.js';
import { portOf } from '../listening.js';

const timedOut = { code: '57014', message: 'canceling statement due to statement timeout' };

async function* endless(signal: AbortSignal): AsyncGenerator<readonly string[]> {
  yield ['1'];
  await once(signal, 'abort');
}

async function query(sql: string, { signal }: { readonly signal: AbortSignal }): Promise<QueryResult> {
  if (sql === 'wait') await once(signal, 'abort');
  if (sql === 'rows') return encodedRows({ fields: [{ name: 'n', typeOid: typeOid.int4 }], rows: endless(signal) });
  return tag('OK');
}

test.each([
  ['in a simple query', 'wait', undefined],
  ['in an extended query', 'wait', 'asked'],
  ['while its rows are sent', 'rows', 'asked'],
  ['on the catalog', 'SELECT count(*) FROM pg_attribute a, pg_attribute b, pg_attribute c', undefined],
])('statement_timeout ends a statement %s, and nothing else', async (_, text, name) => {
  await using server = await serve({ address: '127.0.0.1:0', query });
  const bystander = await Bystander.watch(portOf(server));
  const client = new pg.Client({ host: '127.0.0.1', port: portOf(server), user: 'alice', database: 'shop' });
  await client.connect();
  await client.query("SET statement_timeout = '100ms'");
  const asked = name === undefined ? client.query(text) : client.query({ name, text });
  await expect(asked).rejects.toMatchObject(timedOut);
  await client.query('SET statement_timeout = 0');
  expect((await client.query('quick')).command).toBe('OK');
  await client.end();
  await bystander.expectUnharmed();
});

const Waiting = answering((_sql, { signal }) => once(signal, 'abort').then(() => tag('LATE')));

class Describing extends Waiting {
  override async handleDescribe(_sql: string, { signal }: StatementContext): Promise<StatementDescription> {
    await once(signal, 'abort');
    return { parameterTypes: [], schema: null };
  }
}

test.each([
  ['asks its handler', Waiting],
  ['asks handleDescribe', Describing],
])('statement_timeout ends a Describe that %s, which never answers', async (_, Connection) => {
  await using client = new Conversation(Connection, { limits: { statementTimeout: 100 } });
  await client.start();
  const trace = await client.ask(parse('select 1', 's'), describeStatement('s'), sync());
  expect(trace).toContain('"57014"');
  expect(trace).toContain('canceling statement due to statement timeout');
});
