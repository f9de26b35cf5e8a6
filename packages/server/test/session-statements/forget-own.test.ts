import { describe, expect, test } from 'vitest';
import { type QueryResult, tag } from '../../src/index.js';
import { answering, Conversation } from '../conversation.js';
import { bind, execute, parse, query, sync } from '../frames.js';

/** A session whose handler answers all statements, with statements `a` and `b` prepared. */
async function prepared(log: string[]) {
  const answer = (sql: string): QueryResult => {
    log.push(sql);
    return tag('DONE');
  };
  const client = new Conversation(answering(answer));
  await client.start();
  await client.ask(parse('one', 'a'), parse('two', 'b'), sync());
  return client;
}

const run = (name: string) => [bind({ statement: name }), execute(), sync()];
const gone = 'C "26000"';

describe("with session statements that are the handler's", () => {
  test.each(['deallocate a', 'DEALLOCATE PREPARE "a"'])(
    '%s forgets what Parse made, and no handler is asked',
    async (sql) => {
      const log: string[] = [];
      await using client = await prepared(log);
      expect(await client.ask(query(sql))).toContain('CommandComplete\t "DEALLOCATE"');
      expect(log).toEqual([]);
      expect(await client.ask(...run('a'))).toContain(gone);
      expect(await client.ask(...run('b'))).not.toContain(gone);
    },
  );

  test('DEALLOCATE of what the session does not know is for the handler', async () => {
    const log: string[] = [];
    await using client = await prepared(log);
    await client.ask(query('deallocate c'));
    expect(log).toEqual(['deallocate c']);
  });

  test('CLOSE forgets a portal that Bind made, any other name is for the handler', async () => {
    const log: string[] = [];
    await using client = await prepared(log);
    await client.ask(query('begin'));
    await client.ask(bind({ statement: 'a', portal: 'p' }), sync());
    expect(await client.ask(query('close p'))).toContain('CommandComplete\t "CLOSE CURSOR"');
    await client.ask(query('close cursor_of_the_engine'));
    expect(log).toEqual(['begin', 'close cursor_of_the_engine']);
    expect(await client.ask(execute('p'), sync())).toContain('C "34000"');
  });

  test.each(['deallocate all', 'discard all'])('%s forgets all, and the handler does so, too', async (sql) => {
    const log: string[] = [];
    await using client = await prepared(log);
    expect(await client.ask(query(sql))).toContain('CommandComplete\t "DONE"');
    expect(log).toEqual([sql]);
    expect(await client.ask(...run('a'))).toContain(gone);
  });
});
