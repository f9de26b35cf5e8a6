import { typeOid } from '@riffq/wire';
import { expect, test } from 'vitest';
import { BaseConnection, type QueryResult, type StatementDescription, tag } from '../../../src/index.js';
import { Conversation } from '../../conversation.js';
import { describePortal, sync } from '../../frames.js';

class Cursors extends BaseConnection {
  override handleQuery(): QueryResult {
    return tag('DONE');
  }

  override async handleDescribe(sql: string): Promise<StatementDescription> {
    const isKnown = sql === 'FETCH ALL FROM "known"';
    return { parameterTypes: [], schema: isKnown ? [{ name: 'n', typeOid: typeOid.int4 }] : null };
  }
}

async function describeOf(name: string, sessionStatements: 'handler' | 'server'): Promise<string> {
  await using client = new Conversation(Cursors, { sessionStatements });
  await client.start();
  return await client.ask(describePortal(name), sync());
}

test('a cursor of the handler is described as a portal', async () => {
  expect(await describeOf('known', 'handler')).toMatch(/^B\t\d+\tRowDescription\t 1 "n" 0 0 23 4 -1 0\n/);
});

test.each([
  ['that the handler does not have', 'unknown', 'handler'],
  ['without a name', '', 'handler'],
  ["when cursors are the session's", 'known', 'server'],
] as const)('a portal %s does not exist', async (_, name, sessionStatements) => {
  expect(await describeOf(name, sessionStatements)).toContain(`C "34000" M "portal "${name}" does not exist"`);
});
