import { describe, expect, test } from 'vitest';
import {
  BaseConnection,
  PgError,
  type QueryCallback,
  type QueryResult,
  type StatementContext,
  type TransactionCommand,
  tag,
} from '../../../src/index.js';
import { oneRow } from '../../answers.js';
import { Conversation } from '../../conversation.js';
import { extended, query, sync } from '../../frames.js';

const notUnique = new PgError({ sqlstate: '23505', message: 'not unique' });

/** What was inserted cannot be committed. */
class Deferring extends BaseConnection {
  protected isWrong = false;

  override handleQuery(sql: string, _callback: QueryCallback): QueryResult {
    if (sql === 'select 1') return oneRow();
    if (sql === 'insert') this.isWrong = true;
    return tag('DONE');
  }

  protected check(): void {
    const { isWrong } = this;
    this.isWrong = false;
    if (isWrong) throw notUnique;
  }
}

const names = (trace: string): string[] =>
  trace
    .split('\n')
    .filter((line) => line.startsWith('B'))
    .map((line) => line.split('\t')[2] ?? '');

describe('handleSync', () => {
  class Forwarding extends Deferring {
    override handleSync(): void {
      this.check();
    }
  }

  test('tells behind the answer that nothing could be committed', async () => {
    await using client = new Conversation(Forwarding);
    await client.start();
    const trace = await client.ask(extended('insert'), sync());
    expect(names(trace).slice(-3)).toEqual(['CommandComplete', 'ErrorResponse', 'ReadyForQuery']);
    expect(trace).toContain('C "23505"');
    expect(await client.ask(extended('select 1'), sync())).not.toContain('ErrorResponse');
  });

  test('is called once for each Sync behind something that was run, outside of blocks', async () => {
    let calls = 0;
    class Counting extends BaseConnection {
      override handleQuery(sql: string): QueryResult {
        return sql === 'select 1' ? oneRow() : tag('DONE');
      }

      override async handleSync(): Promise<void> {
        calls += 1;
      }
    }
    await using client = new Conversation(Counting);
    await client.start();
    const after = async (...frames: readonly Uint8Array[]): Promise<number> => {
      const before = calls;
      await client.ask(...frames);
      return calls - before;
    };
    expect(await after(sync())).toBe(0);
    expect(await after(query('select 1'))).toBe(0);
    for (let round = 0; round < 3; round += 1) expect(await after(extended('select 1'), sync())).toBe(1);
    expect(await after(extended('select 1'), extended('insert'), sync())).toBe(1);
    expect(await after(extended('begin'), sync())).toBe(0);
    expect(await after(extended('select 1'), sync())).toBe(0);
    expect(await after(extended('commit'), sync())).toBe(0);
  });
});

describe('the last statement of a Query', () => {
  class Committing extends Deferring {
    override handleTransaction({ kind }: TransactionCommand, _context: StatementContext): void {
      if (kind === 'commit') this.check();
    }
  }

  test.each(['insert', 'select 1'])('is not said to be complete when it cannot be committed: %s', async (last) => {
    await using client = new Conversation(Committing);
    await client.start();
    const trace = await client.ask(query(`insert; ${last}`));
    expect(names(trace)).toEqual([
      ...['CommandComplete', ...(last === 'select 1' ? ['RowDescription', 'DataRow'] : [])],
      ...['ErrorResponse', 'ReadyForQuery'],
    ]);
    expect(trace).toMatch(/C "23505".*\n.*ReadyForQuery\t I\n$/);
  });
});
