import { typeOid } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import { encodedRows, PgError, type QueryResult } from '../../src/index.js';
import { answering, Conversation } from '../conversation.js';
import {
  bind,
  describePortal,
  describeStatement,
  execute,
  frame,
  int16,
  int32,
  parse,
  query,
  sync,
} from '../frames.js';
import { untyped } from '../untyped.js';

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

  test('of several results of a statement all answer a Query, before its one tag', async () => {
    const result = (name: string, ...values: readonly string[]) => ({
      fields: [{ ...number, name }],
      rows: values.map((value) => [value]),
    });
    const third = result('third', '3', '4');
    const answer = () =>
      encodedRows({
        ...result('first', '1'),
        tag: (count) => `INSERT 0 ${count}`,
        further: () => ({ ...result('second'), further: async () => ({ ...third, further: () => undefined }) }),
      });
    const trace = await ask(answer, query('insert'));
    const names = trace.split('\n').map((line) => line.split('\t').slice(2).join(''));
    expect(names.filter((line) => line !== '')).toEqual([
      expect.stringContaining('RowDescription 1 "first"'),
      "DataRow 1 1 '1'",
      expect.stringContaining('RowDescription 1 "second"'),
      expect.stringContaining('RowDescription 1 "third"'),
      "DataRow 1 1 '3'",
      "DataRow 1 1 '4'",
      'CommandComplete "INSERT 0 1"',
      'ReadyForQuery I',
    ]);
    expect(await ask(answer, ...bound())).not.toContain('"second"');
  });

  test('of a further result that fails are an error behind those before', async () => {
    const fields = [number];
    const further = () => {
      throw new PgError({ sqlstate: '22012', message: 'division by zero' });
    };
    const trace = await ask(() => encodedRows({ fields, rows: [['1']], further }), query('insert'));
    expect(trace).toMatch(/DataRow.*\n.*ErrorResponse.*C "22012".*\n.*ReadyForQuery/);
    expect(trace).not.toContain('CommandComplete');
  });

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

  test('of a type with one format only are refused to who asks for the other, and the source is released', async () => {
    let released = false;
    function* rows() {
      try {
        yield ['postgres=arwdDxt/postgres'];
      } finally {
        released = true;
      }
    }
    const opened = rows();
    opened.next();
    const fields = [{ name: 'acl', typeOid: typeOid.aclitem }];
    const trace = await ask(() => encodedRows({ fields, rows: opened }), ...bound(1));
    expect(trace).toContain('C "0A000" M "column "acl" of type aclitem cannot be sent in binary format"');
    expect(trace).toContain('D "It is available in text, and values of this type have one format only."');
    expect(trace).toContain('H "Ask for text results in Bind."');
    expect(released).toBe(true);
  });

  test('that cannot be read end the result with an error that names the column', async () => {
    const fields = [{ name: 'day', typeOid: typeOid.date }];
    const rows = [['2000-01-02'], ['02/30/2024']];
    const trace = await ask(() => encodedRows({ fields, rows }), ...bound(1));
    expect(trace).toContain("DataRow\t 1 4 '\\x00\\x00\\x00\\x01'");
    expect(trace).toContain('C "0A000" M "column "day" of type date cannot be sent in binary format"');
    expect(trace).toContain('D "It is available in text, and date/time field value out of range: "02/30/2024"."');
  });

  const inBinary = { ...number, format: 'binary' } as const;
  const one = Buffer.of(0, 0, 0, 1);

  test('go out in the format that the client asks for', async () => {
    const binary = () => encodedRows({ fields: [inBinary], rows: [[one], [null]] });
    expect(await ask(binary, ...bound())).toContain(
      'RowDescription\t 1 "n" 0 0 23 4 -1 0\nB\t11\tDataRow\t 1 1 \'1\'\nB\t10\tDataRow\t 1 -1',
    );
    expect(await ask(binary, query('select'))).toContain("DataRow\t 1 1 '1'");
    expect(await ask(binary, ...bound(1))).toContain("DataRow\t 1 4 '\\x00\\x00\\x00\\x01'");
    const text = () => encodedRows({ fields: [number], rows: [['1'], [Buffer.from('1')]] });
    const traced = "DataRow\t 1 4 '\\x00\\x00\\x00\\x01'";
    expect(await ask(text, ...bound(1))).toContain(`${traced}\nB\t14\t${traced}`);
  });

  const dataRow = (...values: readonly (Uint8Array | null)[]): Uint8Array =>
    frame('D', [
      int16(values.length),
      ...values.flatMap((value) => (value === null ? [int32(-1)] : [int32(value.length), value])),
    ]);

  test('as whole messages go out untouched, however many are in a piece', async () => {
    async function* dataRows() {
      yield Buffer.concat([dataRow(one), dataRow(null), dataRow(one)]);
      yield new Uint8Array();
      yield dataRow(one);
    }
    const trace = await ask(() => encodedRows({ fields: [inBinary], dataRows: dataRows() }), ...bound(1));
    const traced = "B\t14\tDataRow\t 1 4 '\\x00\\x00\\x00\\x01'\n";
    expect(trace).toContain(`${traced}B\t10\tDataRow\t 1 -1\n${traced}${traced}B\t13\tCommandComplete\t "SELECT 4"\n`);
  });

  test('as whole messages are suspended between any two of them', async () => {
    const dataRows = [Buffer.concat([dataRow(one), dataRow(null), dataRow(one)])];
    const trace = await ask(
      () => encodedRows({ fields: [inBinary], dataRows }),
      ...[parse('select'), bind({ resultFormats: [1] }), execute('', 2), execute('', 0), sync()],
    );
    const traced = "B\t14\tDataRow\t 1 4 '\\x00\\x00\\x00\\x01'\n";
    expect(trace).toContain(
      `${traced}B\t10\tDataRow\t 1 -1\nB\t4\tPortalSuspended\n${traced}B\t13\tCommandComplete\t "SELECT 1"\n`,
    );
  });

  test('as whole messages are taken apart where the client asks for the other format', async () => {
    const fields = [inBinary, { name: 't', typeOid: typeOid.text }];
    const dataRows = [Buffer.concat([dataRow(one, Buffer.from('a')), dataRow(null, null)])];
    const trace = await ask(() => encodedRows({ fields, dataRows }), query('select'));
    expect(trace).toContain("DataRow\t 2 1 '1' 1 'a'\nB\t14\tDataRow\t 2 -1 -1\n");
  });

  test.each([
    ['another message', frame('C', [Buffer.from('SELECT 1\0')]), 'a message of type 67'],
    ['a message cut short', dataRow(one).subarray(0, 12), 'a message that is not whole'],
    ['a header cut short', Buffer.concat([dataRow(one), Buffer.from('D\0\0')]), 'a message that is not whole'],
    ['a length that cannot be', Buffer.from('D\0\0\0\x01'), 'a message that is not whole'],
    ['text', untyped('D'), 'something that is not bytes'],
  ])('as %s are an error, and nothing of them goes out', async (_, bytes, found) => {
    const trace = await ask(() => encodedRows({ fields: [number], dataRows: [bytes] }), query('select'));
    expect(trace).toContain(`C "XX000" M "expected whole DataRow messages, but the handler gave ${found}"`);
    expect(trace).not.toContain('DataRow\t');
  });

  test('as many whole messages go out in whole ones only, chunk by chunk', async () => {
    const value = Buffer.alloc(100_000, 'x');
    const piece = Buffer.concat(Array.from({ length: 40 }, () => dataRow(value)));
    const fields = [{ name: 't', typeOid: typeOid.text }];
    const trace = await ask(() => encodedRows({ fields, dataRows: [piece, piece] }), query('select'));
    expect(trace.match(/DataRow\t 1 100000 /g)).toHaveLength(80);
    expect(trace).toContain('CommandComplete\t "SELECT 80"');
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
