import { typeOid } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import { encodedRows, type QueryResult } from '../../src/index.js';
import { answering, Conversation } from '../conversation.js';
import { bind, describePortal, describeStatement, execute, parse, query, sync } from '../frames.js';

const bound = (...resultFormats: readonly number[]) => [
  parse('select'),
  bind({ resultFormats }),
  describePortal(),
  execute(),
  sync(),
];

async function ask(answer: () => QueryResult, ...frames: readonly Uint8Array[]): Promise<string> {
  await using client = new Conversation(answering(answer));
  await client.start();
  return await client.ask(...frames);
}

describe('encoded rows', () => {
  const number = { name: 'n', typeOid: typeOid.int4 };

  test('go out as they are: text as UTF-8, bytes untouched, null as NULL', async () => {
    const fields = [
      { name: 'a', typeOid: typeOid.text, tableOid: 20_000, columnNumber: 3, typeModifier: 44 },
      { name: 'b', typeOid: typeOid.bytea },
      number,
    ];
    const trace = await ask(() => encodedRows({ fields, rows: [['ä', Buffer.from('\\x00'), null]] }), query('select'));
    expect(trace).toContain('RowDescription\t 3 "a" 20000 3 25 65535 44 0 "b" 0 0 17 65535 -1 0 "n" 0 0 23 4 -1 0');
    expect(trace).toContain("DataRow\t 3 2 '\\xc3\\xa4' 4 '\\x00' -1");
  });

  test('in text are refused to who asks for binary, and the source is released', async () => {
    let released = false;
    function* rows() {
      try {
        yield ['1'];
      } finally {
        released = true;
      }
    }
    const opened = rows();
    opened.next();
    const trace = await ask(() => encodedRows({ fields: [number], rows: opened }), ...bound(1));
    expect(trace).toContain(
      'C "0A000" M "column "n" is available in text format only" H "Ask for text results in Bind."',
    );
    expect(released).toBe(true);
  });

  test('in binary are refused to who asks for text', async () => {
    const answer = () => encodedRows({ fields: [{ ...number, format: 'binary' }], rows: [[Buffer.of(0, 0, 0, 1)]] });
    expect(await ask(answer, ...bound())).toContain('C "0A000" M "column "n" is available in binary format only"');
    expect(await ask(answer, query('select'))).toContain('C "0A000"');
    const trace = await ask(answer, ...bound(1));
    expect(trace).toContain('RowDescription\t 1 "n" 0 0 23 4 -1 1');
    expect(trace).toContain("DataRow\t 1 4 '\\x00\\x00\\x00\\x01'");
  });

  test('of texts are the same in both formats, and are said to be in the one asked for', async () => {
    const text = { name: 't', typeOid: typeOid.text };
    expect(await ask(() => encodedRows({ fields: [text], rows: [['x']] }), ...bound(1))).toContain(
      'RowDescription\t 1 "t" 0 0 25 65535 -1 1\nB\t11\tDataRow\t 1 1 \'x\'',
    );
    const binary = () => encodedRows({ fields: [{ ...text, format: 'binary' }], rows: [['x']] });
    expect(await ask(binary, query('select'))).toContain('RowDescription\t 1 "t" 0 0 25 65535 -1 0\n');
    expect(await ask(binary, parse('select'), describeStatement(), sync())).toContain(
      'RowDescription\t 1 "t" 0 0 25 65535 -1 0\n',
    );
  });

  test('of another length than the columns are an error', async () => {
    const trace = await ask(() => encodedRows({ fields: [number], rows: [['1'], ['2', '3']] }), query('select'));
    expect(trace).toContain("DataRow\t 1 1 '1'");
    expect(trace).toContain('C "XX000" M "encodedRows gave a row of 2 values for 1 columns"');
  });

  test('may have no columns', async () => {
    expect(await ask(() => encodedRows({ fields: [], rows: [[], []] }), query('select'))).toBe(
      'B\t6\tRowDescription\t 0\nB\t6\tDataRow\t 0\nB\t6\tDataRow\t 0\nB\t13\tCommandComplete\t "SELECT 2"\nB\t5\tReadyForQuery\t I\n',
    );
  });

  test('are suspended and gone on with row by row', async () => {
    async function* rows() {
      yield ['1'];
      yield ['2'];
    }
    const trace = await ask(
      () => encodedRows({ fields: [number], rows: rows() }),
      ...[parse('select'), bind(), execute('', 1), execute('', 1), execute('', 1), sync()],
    );
    expect(trace).toContain(
      "DataRow\t 1 1 '1'\nB\t4\tPortalSuspended\nB\t11\tDataRow\t 1 1 '2'\nB\t4\tPortalSuspended\nB\t13\tCommandComplete\t \"SELECT 0\"",
    );
  });
});
