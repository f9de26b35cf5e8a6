import { describe, expect, test } from 'vitest';
import { readParameter } from './read-parameter.js';
import { expectSameInput } from './same-as-oracle.js';
import { scribble } from './scribble.js';

const fromJson = (_output: string, json: string) => JSON.parse(json);

const shapes = [
  ...['{}', ' { } ', '{{},{}}', '{{{}},{{}}}', '{1,2}', ' { 1 , NULL ,null} ', '{{1,2},{3,4}}', '{{{{{{1}}}}}}'],
  ...['[2:3]={1,2}', '[2]={1,2}', '[-1:0]={1,NULL}', '[1] [2] = {{1,2}}', '[+1:+2]={1,2}', '[0:1][1:1]={{1},{2}}'],
];
const mistakes = [
  ...['', ' ', '1', '1}', '{', '{1', '{1,', '{1,}', '{,1}', '{,}', '{1}x', '{1}{', '{1,2}\u00a0', '{1 2}', '{{1}{2}}'],
  ...['{{},{1}}', '{{1},{}}', '{{1,2},{3}}', '{{1},2}', '{1,{2}}', '{{},}', '{{1}', '{{{{{{{1}}}}}}}', '{{{{{{{'],
  ...['[2:3]={1}', '[2:1]={}', '[1:0]={}', '[1:2]={}', '[1:2147483647]={1}', '[2147483647]={1}', '[1:]={1}', '[]={1}'],
  ...[
    '[1:2={1,2}',
    '[1:2]{1,2}',
    '[1:2]=1,2',
    '[99999999999]={1}',
    '[99999999999999999999]={1}',
    '[ 1:2]={1,2}',
    '[-]={1}',
  ],
  ...['[-2147483648:2147483646]={1}', '[-2147483648:-2]={1}', '[-99999999999:1]={1}', '[1:+]={1}', '[1 :2]={1,2}', '['],
  ...['[1][1][1][1][1][1][1]={1}', '[1:1][1:2]={{1,2},{3,4}}', '[1]={{1}}', '[1][1]={1}', '[1]=', '[1]= {1}', '[1'],
];

describe('array literals', () => {
  test('are read as PostgreSQL reads them: dimensions, bounds, NULLs, and what is wrong with them', async () => {
    const pieces = ['{', '{', '}', '}', ',', ',', '1', '20', 'NULL', ' ', '"', '\\', '{1', '[1:2]=', '{}', '}},{{'];
    await expectSameInput('int4[]', [...shapes, ...mistakes, ...scribble(pieces, 3000, 14)], fromJson);
    await expectSameInput(
      'int4[]',
      scribble(['[', '[', ']', '=', '{1}', '{1,2}', '1', ':', '2', '-', ' '], 1500, 9),
      fromJson,
    );
  });

  test('elements are unquoted and unescaped as PostgreSQL does it', async () => {
    const quoting = [
      '{a b , c\\,d,"x\\"y\\\\","NULL",NULL,n\\ull,  "" , é😀}',
      ...[
        '{"a" b}',
        '{a"b"}',
        '{a{b}',
        '{\\ }',
        '{ a\\ }',
        '{a\\',
        '{"a',
        '{"a\\',
        '{"a"{b}}',
        '{"a"x}',
        '{"{}"}',
        '{\\"}',
      ],
      ...['{\u00a0a\u00a0}', '{NULL }', '{ nuLL}', '{NULLS}', '{"a"\t,\n"b"}', '{a;b}', "{'a'}", '{\\N}', '{null\\ }'],
    ];
    const pieces = ['{', '}', ',', '"', '"', '\\', ' ', 'a', 'é', 'NULL', '\t', '","', '\\"', '{"'];
    await expectSameInput('text[]', [...quoting, ...scribble(pieces, 2500, 10).map((text) => `{${text}}`)], fromJson);
  });

  test('an element that is no value of its type is reported as PostgreSQL does it', async () => {
    await expectSameInput(
      'int4[]',
      ['{1,abc}', '{1;2}', '{""}', '{9999999999}', '{{1},{x}}', '{x,{1}}', '{1,x'],
      fromJson,
    );
    await expectSameInput('bool[]', ['{t,F,yes,0,NULL}', '{t,2}'], fromJson);
  });

  test('boxes are separated by semicolons, as they have commas in them', () => {
    expect(readParameter('box[]', '{(1,1),(0,0);(2,2),(1,1)}')).toEqual(['(1,1),(0,0)', '(2,2),(1,1)']);
  });

  test('a hostile literal costs no more than its length', () => {
    const deep = readParameter('int4[]', '{'.repeat(1_000_000));
    expect(deep).toMatchObject({ error: { sqlstate: '54000' } });
    expect(readParameter('int4[]', `[1:134217727]={${'1'}}`)).toMatchObject({ error: { sqlstate: '22P02' } });
  });
});
