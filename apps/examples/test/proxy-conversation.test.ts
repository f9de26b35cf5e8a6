import { once } from 'node:events';
import { normaliseTrace } from '@riffq/testing';
import { describe, expect, inject, test } from 'vitest';
import { Frontend } from '../../../packages/server/test/frontend.js';
import { connectToOracle } from '../../../packages/server/test/oracle-frontend.js';
import { copyScripts } from '../../../packages/server/test/oracle-scripts/copy.js';
import { cursorScripts } from '../../../packages/server/test/oracle-scripts/cursors.js';
import { extendedQueryScripts } from '../../../packages/server/test/oracle-scripts/extended-query.js';
import { notificationScripts } from '../../../packages/server/test/oracle-scripts/notifications.js';
import { portalScripts } from '../../../packages/server/test/oracle-scripts/portals.js';
import { rawCopyScripts } from '../../../packages/server/test/oracle-scripts/raw-copy.js';
import type { Scripts, Turn } from '../../../packages/server/test/oracle-scripts/script.js';
import { sessionStatementScripts } from '../../../packages/server/test/oracle-scripts/session-statements.js';
import { settingValueScripts } from '../../../packages/server/test/oracle-scripts/setting-values.js';
import { simpleQueryScripts } from '../../../packages/server/test/oracle-scripts/simple-query.js';
import { transactionScripts } from '../../../packages/server/test/oracle-scripts/transactions.js';
import { changedQueryScripts, changedTableScripts } from './changed-table-scripts.js';
import { misreadScripts, proxyScripts } from './proxy-scripts.js';
import { oracleSocket, RunningProxy } from './running-proxy.js';

const subjects: Readonly<Record<string, Scripts>> = {
  'simple queries': simpleQueryScripts,
  'extended queries': extendedQueryScripts,
  portals: portalScripts,
  cursors: cursorScripts,
  transactions: transactionScripts,
  'session statements': sessionStatementScripts,
  'values of settings': settingValueScripts,
  COPY: { ...copyScripts, ...rawCopyScripts },
  notifications: notificationScripts,
  'what PostgreSQL alone does': proxyScripts,
  'changed tables': changedTableScripts,
};

async function play(client: Frontend, script: readonly Turn[]): Promise<string> {
  const { user, database } = inject('oracle');
  let trace = await client.start({ user, database, application_name: 'script' });
  trace = '';
  for (const { frames, until } of script) {
    client.send(...frames);
    trace += await client.until(until);
  }
  client.stream.end();
  await once(client.stream, 'close');
  return normaliseTrace(trace);
}

describe.each(Object.entries(subjects))('%s through the proxy go as with PostgreSQL itself:', (_, scripts) => {
  test.each(Object.entries(scripts))('%s', async (_, script) => {
    await using proxy = await RunningProxy.open(oracleSocket());
    expect(await play(await Frontend.connect(proxy.port), script)).toBe(await play(await connectToOracle(), script));
  });
});

describe('errors through the proxy are those of PostgreSQL itself, and what they leave:', () => {
  const ends = (trace: string): readonly string[] =>
    trace.split('\n').filter((line) => /\t(ErrorResponse|ReadyForQuery)\t/.test(line));

  test.each(Object.entries({ ...misreadScripts, ...changedQueryScripts }))('%s', async (_, script) => {
    await using proxy = await RunningProxy.open(oracleSocket());
    const ours = await play(await Frontend.connect(proxy.port), script);
    expect(ends(ours)).toEqual(ends(await play(await connectToOracle(), script)));
  });
});
