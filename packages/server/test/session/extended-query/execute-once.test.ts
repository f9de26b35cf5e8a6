import { describe, expect, test } from 'vitest';
import type { StatementDescription } from '../../../src/index.js';
import { Conversation } from '../../conversation.js';
import { flush, sync } from '../../frames.js';
import { integers } from '../../tracked-source.js';
import { cannotDescribe, countingRuns } from '../counting-runs.js';
import { describesAhead, describesStatements, driverPatterns } from '../driver-patterns.js';

/** Plays the groups up to the first error; a Flush is waited for by what its last message is answered with. */
async function drive(client: Conversation, groups: readonly (readonly Uint8Array[])[]): Promise<string> {
  let trace = '';
  for (const [at, frames] of groups.entries()) {
    client.send(...frames);
    if (!frames.at(-1)?.every((byte, index) => byte === flush()[index])) trace += await client.until('ReadyForQuery');
    else if (at === 0) trace += await client.until('RowDescription', 'NoData', 'ErrorResponse');
    else trace += await client.until('CommandComplete', 'PortalSuspended', 'ErrorResponse');
    if (!trace.includes('ErrorResponse')) continue;
    return trace.includes('ReadyForQuery') ? trace : trace + (await client.ask(sync()));
  }
  return trace;
}

describe.each(Object.entries(driverPatterns))('as sent by %s', (driver, pattern) => {
  test('a write is executed exactly once', async () => {
    const runs: string[] = [];
    await using client = new Conversation(countingRuns(runs));
    await client.start();
    const trace = await drive(client, pattern('insert into t values (1)'));
    expect(trace).toContain('CommandComplete\t "INSERT 0 1"');
    expect(runs).toEqual(['insert into t values (1)']);
  });

  test('a query gives its columns and rows once', async () => {
    const runs: string[] = [];
    await using client = new Conversation(countingRuns(runs));
    await client.start();
    const trace = await drive(client, pattern('select n from t'));
    expect(trace.match(/DataRow/g)).toHaveLength(1);
    expect(trace).toContain('CommandComplete\t "SELECT 1"');
    expect(runs).toHaveLength(describesStatements.has(driver) ? 2 : 1);
  });

  test.each([
    'insert into t values (1) returning n',
    'with x as (insert into t values (1) returning n) select n from x',
    'call p()',
    'explain analyze insert into t values (1)',
  ])('%s is executed at most once', async (sql) => {
    const runs: string[] = [];
    await using client = new Conversation(countingRuns(runs));
    await client.start();
    const trace = await drive(client, pattern(sql));
    if (describesAhead.has(driver)) {
      expect(trace).toContain(cannotDescribe);
      expect(runs).toEqual([]);
    } else {
      expect(trace).toContain("DataRow\t 1 1 '7'");
      expect(runs).toEqual([sql]);
    }
  });

  test('with handleDescribe, even that is described and executed exactly once', async () => {
    const runs: string[] = [];
    await using client = new Conversation(
      class extends countingRuns(runs) {
        override handleDescribe(): StatementDescription {
          return { parameterTypes: [], schema: integers().schema };
        }
      },
    );
    await client.start();
    const trace = await drive(client, pattern('insert into t values (1) returning n'));
    expect(trace).toContain("DataRow\t 1 1 '7'");
    expect(runs).toEqual(['insert into t values (1) returning n']);
  });
});
