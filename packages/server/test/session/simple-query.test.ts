import { describe, expect, test } from 'vitest';
import { PgError, tag } from '../../src/index.js';
import { answering, Conversation, serialize } from '../conversation.js';
import { extended } from '../frames.js';

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

describe('an error’s position', () => {
  const failing = answering((sql) => {
    if (!sql.startsWith('fail')) return tag('OK');
    throw Object.assign(new Error('no column x'), { code: '42703', position: 6 });
  });

  test.each([
    ['fail x', 6],
    ['  fail x', 8],
    ['-- why\nfail x', 13],
    ["/* 'ä😀' */ fail x", 17],
    ["ok 'ä😀;'; fail x", 16],
    ['ok; ok;\n\nfail x; ok', 15],
  ])('in %j counts the characters of the client’s text', async (sql, position) => {
    await using client = new Conversation(failing);
    await client.start();
    const expected = `C "42703" M "no column x" P "${position}"`;
    expect(await client.ask(serialize.query(sql))).toContain(expected);
    if (!sql.startsWith('ok')) expect(await client.ask(extended(sql), serialize.sync())).toContain(expected);
  });
});
