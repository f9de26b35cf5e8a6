import { describe, expect, test } from 'vitest';
import { PgError, tag } from '../../src/index.js';
import { answering, Conversation, serialize } from '../conversation.js';

const rows = answering((sql) => {
  if (sql.startsWith('fail')) throw new PgError({ sqlstate: '42P01', message: 'no such table', position: 6 });
  if (sql.startsWith('insert')) return tag('INSERT 0 1');
  return [{ answer: 42, text: sql }];
});

describe('a simple query', () => {
  test('gives columns, rows, a tag and ReadyForQuery', async () => {
    await using client = new Conversation(rows);
    await client.start();
    expect(await client.ask(serialize.query('select 42'))).toBe(
      [
        'B\t54\tRowDescription\t 2 "answer" 0 0 20 8 -1 0 "text" 0 0 1043 65535 -1 0',
        "B\t25\tDataRow\t 2 2 '42' 9 'select 42'",
        'B\t13\tCommandComplete\t "SELECT 1"',
        'B\t5\tReadyForQuery\t I',
        '',
      ].join('\n'),
    );
  });

  test('runs several statements in order, and the first error ends the rest', async () => {
    const seen: string[] = [];
    await using client = new Conversation(
      answering((sql) => {
        seen.push(sql);
        if (sql === 'fail') throw new PgError({ sqlstate: '42P01', message: 'no such table', position: 1 });
        return tag(sql.toUpperCase());
      }),
    );
    await client.start();
    const trace = await client.ask(serialize.query("one; two /* ; */; fail; select ';'"));
    expect(trace).toContain('CommandComplete\t "ONE"');
    expect(trace).toContain('CommandComplete\t "TWO"');
    expect(trace).toMatch(/ErrorResponse\t S "ERROR" V "ERROR" C "42P01" M "no such table" P "19"/);
    expect(seen).toEqual(['one', 'two', 'fail']);
  });

  test('an empty text is answered with EmptyQueryResponse', async () => {
    await using client = new Conversation(rows);
    await client.start();
    expect(await client.ask(serialize.query(' ; -- nothing'))).toBe(
      'B\t4\tEmptyQueryResponse\nB\t5\tReadyForQuery\t I\n',
    );
  });

  test('an error leaves the session usable', async () => {
    await using client = new Conversation(rows);
    await client.start();
    expect(await client.ask(serialize.query('fail'))).toContain('ErrorResponse');
    expect(await client.ask(serialize.query('select 1'))).toContain('"SELECT 1"');
  });
});
