import { describe, expect, test } from 'vitest';
import { answering, Conversation } from '../conversation.js';
import { query } from '../frames.js';

async function ask(objects: readonly object[]): Promise<string> {
  await using client = new Conversation(answering(() => objects));
  await client.start();
  return await client.ask(query('select'));
}

describe('plain objects', () => {
  test('have a column for each key of any of them, in the order of appearance', async () => {
    const trace = await ask([{ a: 1 }, { b: 'x', a: null }, { c: true }]);
    expect(trace).toContain('RowDescription\t 3 "a" 0 0 20 8 -1 0 "b" 0 0 1043 65535 -1 0 "c" 0 0 16 1 -1 0');
    expect(trace).toContain("DataRow\t 3 1 '1' -1 -1\n");
    expect(trace).toContain("DataRow\t 3 -1 1 'x' -1\n");
    expect(trace).toContain("DataRow\t 3 -1 -1 1 't'\n");
  });

  test.each<[string, readonly unknown[], number, readonly string[]]>([
    ['whole numbers are int8', [1, -2], 20, ['1', '-2']],
    ['bigints are int8', [9_007_199_254_740_993n], 20, ['9007199254740993']],
    ['fractions make float8 of all', [1, 0.5, 2n], 701, ['1', '0.5', '2']],
    ['numbers beyond the safe integers are float8', [2 ** 53], 701, ['9.007199254740992e+15']],
    ['negative zero is float8', [-0], 701, ['-0']],
    ['booleans are bool', [true, false], 16, ['t', 'f']],
    ['strings are varchar', ['', 'ä'], 1043, ['', '\\xc3\\xa4']],
    ['dates are timestamps', [new Date(Date.UTC(2020, 1, 29, 12))], 1114, ['2020-02-29 12:00:00']],
    ['nothing but null and undefined is varchar', [null, undefined], 1043, []],
  ])('%s', async (_, values, oid, texts) => {
    const trace = await ask(values.map((v) => ({ v })));
    expect(trace).toContain(`RowDescription\t 1 "v" 0 0 ${oid} `);
    for (const text of texts) expect(trace).toContain(` '${text}'\n`);
    expect(trace).toContain(`"SELECT ${values.length}"`);
  });

  test('with values that do not go together name row and column', async () => {
    expect(await ask([{ v: 1 }, { v: 'x' }])).toContain(
      'C "42804" M "column "v" is of type int by the rows before but row 2 has a string"',
    );
  });

  test('with a value of no column type say what to do', async () => {
    const trace = await ask([{ v: { nested: 1 } }]);
    expect(trace).toContain('C "42804" M "row 1, column "v": an object has no column type of its own"');
    expect(trace).toContain('toArrow([{ name: "v", type: \'jsonb\' }, ...], rows)');
  });

  test('have prototypes that do not matter', async () => {
    class Point {
      readonly x = 1;
      get y(): number {
        return 2;
      }
    }
    expect(await ask([new Point()])).toContain('RowDescription\t 1 "x" ');
  });
});
