import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { names, routeOf } from './routes.js';

describe('what does more than read never goes to the catalog', () => {
  test.each([
    'select * from pg_class for update',
    'select * from (select * from pg_class for key share) x',
    'select * into pg_temp.x from pg_class',
    'create table x as select * from pg_class',
    'create view pg_x as select * from pg_class',
    'insert into pg_class select * from pg_class',
    'with x as (insert into pg_class values (1) returning *) select * from x',
    'with x as (delete from pg_class returning *) table x',
    'with x as (update pg_class set relname = $1 returning *) select version()',
    'with x as (merge into pg_class using pg_type on true when matched then delete returning *) select version()',
    'explain analyze insert into pg_class values (1)',
    'explain analyze create table x as select * from pg_class',
    'explain analyze execute pg_statement',
    'explain analyze with x as (delete from pg_class returning *) select * from x',
    'copy pg_class to stdout',
    'copy (select * from pg_class) to program $$rm -rf /$$',
    "do $$ begin perform set_config('role', 'postgres', false) from pg_class; end $$",
    'call pg_catalog.x()',
    'prepare x as select * from pg_class',
    'declare x cursor for select * from pg_class',
    'execute pg_statement',
    'set role postgres -- pg_class',
    'set session authorization postgres -- select version()',
    'set local role "pg_read_all_data"',
    'reset role /* pg_class */',
    'reset session authorization -- pg_class',
    'begin; select * from pg_class',
    'listen pg_channel',
    'lock table pg_class',
    'analyze pg_class',
    'vacuum pg_class',
    'select * from pg_class; set role postgres',
    'select * from pg_class; commit; drop table pg_class',
    'set role postgres; select * from pg_class',
    '/* select from pg_class */ set session authorization postgres',
    '/* /* */ select version() */ set role postgres',
    'select version() /* ; */ ; /* */ set role postgres',
    "select version(), E'\\'; set role postgres; --'; set role postgres; --'",
    "select version(), '\\'; set role postgres; --'",
    'select version(), $a$ $b$ $a$; set role postgres; select $$ $b$ $$',
    'select version(); select nothing that parses (',
    'select version()\0; set role postgres',
  ])('%s', async (sql) => {
    expect(await routeOf(sql)).toBe('handler');
  });
});

describe('functions that could do more are refused', () => {
  test.each([
    ["select query_to_xml('set role postgres', true, false, '') from pg_class", 'query_to_xml'],
    ["select pg_catalog.query_to_xml('select 1', true, false, '')", 'query_to_xml'],
    ["select table_to_xml('pg_class', true, false, ''), version()", 'table_to_xml'],
    ["select * from ts_stat('select version()') where word = version()", 'ts_stat'],
  ])('%s', async (sql, name) => {
    expect(await routeOf(sql)).toBe(`42501 permission denied for function ${name}`);
  });
});

test('statements that overflow the parser do not end it for others', async () => {
  for (let times = 0; times < 40; times += 1) {
    expect(await routeOf(`select version(), ${'1+'.repeat(15_000)}1`)).toBe('handler');
    expect(await routeOf('select version()')).toBe('catalog');
  }
});

describe('whatever the text', () => {
  const fragment = fc.constantFrom(
    ...[
      'select',
      'from',
      'pg_class',
      'orders',
      '*',
      ',',
      '(',
      ')',
      ';',
      '--',
      '/*',
      '*/',
      "'",
      '"',
      '$$',
      '$a$',
      '\n',
      '\0',
    ],
    ...[
      'with',
      'as',
      'x',
      'for update',
      'into',
      'set role postgres',
      'insert into',
      'values',
      'version()',
      '::regclass',
    ],
    ...[
      'union',
      'explain',
      'analyze',
      'delete from',
      'returning',
      "E'\\'",
      "U&'\\",
      'table',
      'lateral',
      '1',
      '.',
      '\u{1f600}',
    ],
  );

  test('there is an answer, and it is no throw', async () => {
    const text = fc.oneof(
      fc.array(fragment, { maxLength: 25 }).map((parts) => parts.join(' ')),
      fc.string({ unit: 'binary', maxLength: 60 }).map((tail) => `select version()${tail}`),
    );
    await fc.assert(
      fc.asyncProperty(text, async (sql) => {
        expect(await routeOf(sql, names(['public.orders']))).toMatch(/^(?:catalog|handler|0A000 .*|42501 .*)$/);
      }),
      { numRuns: 3000 },
    );
  });

  test('a text with a second statement is never the catalog’s', async () => {
    const comment = fc.constantFrom('', ' ', '--\n', '/**/', '/* ; */', '\n', '/*/**/*/');
    const second = fc.constantFrom('set role postgres', 'commit', "do 'x'", 'select version()', 'drop table x');
    await fc.assert(
      fc.asyncProperty(comment, second, comment, fc.string({ maxLength: 5 }), async (before, statement, after, end) => {
        const sql = `select version()${before};${before}${statement}${after}${end.includes('*') ? '' : end}`;
        expect(await routeOf(sql)).toBe('handler');
      }),
      { numRuns: 500 },
    );
  });
});
