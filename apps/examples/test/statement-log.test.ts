import { expect, inject, test } from 'vitest';
import { Bystander } from '../../../packages/server/test/bystander.js';
import { query } from '../../../packages/server/test/frames.js';
import { Frontend } from '../../../packages/server/test/frontend.js';
import { formatStatement } from '../src/postgres-proxy/format-statement.js';
import { StatementLog } from '../src/postgres-proxy/statement-log.js';
import { oracleSocket, RunningProxy } from './running-proxy.js';

test.each([
  ["select a, 'from x' from t where b = 1 order by c", "select a, 'from x'\nfrom t\nwhere b = 1\norder by c"],
  ['insert into t values ($$ where $$)', 'insert into t\nvalues ($$ where $$)'],
  ['select (select 1 from a) from b', 'select (select 1 from a)\nfrom b'],
  ['vacuum', 'vacuum'],
  ["select E'it\\'s from a' from b", "select E'it\\'s from a'\nfrom b"],
  ["select 'a\\' from b", "select 'a\\'\nfrom b"],
  ["select e'a'' from \\\\' from b", "select e'a'' from \\\\'\nfrom b"],
  ['select 1 /* a /* b from c */ d from e */ from f', 'select 1 /* a /* b from c */ d from e */\nfrom f'],
  ['select "x from ""y from z" from t', 'select "x from ""y from z"\nfrom t'],
  ['select $a$ from $b$ from $a$ from b', 'select $a$ from $b$ from $a$\nfrom b'],
  ['SELECT $A$ from $a$ from $A$ FROM b', 'SELECT $A$ from $a$ from $A$\nFROM b'],
  ['select a$b$ from c where d$b$ = 1', 'select a$b$\nfrom c\nwhere d$b$ = 1'],
  ['select $1 from t where $2', 'select $1\nfrom t\nwhere $2'],
  ['select 1 -- from a', 'select 1 -- from a'],
])('a statement is printed for reading, its strings and comments as they are: %s', (sql, formatted) => {
  expect(formatStatement(sql)).toBe(formatted);
});

test.each([
  'select a\n  from t where b',
  'select 1 /* from /* from a */ from b',
  "select 'a from b",
  "select e'a from b\\",
  'select "a from b',
  'select $a$ from $b$',
])('a statement on several lines, or with something that is not closed, is printed as it is: %s', (sql) => {
  expect(formatStatement(sql)).toBe(sql);
});

test('a backslash escapes in all strings where the session says so', async () => {
  const printed: string[] = [];
  await using proxy = await RunningProxy.open(oracleSocket(), new StatementLog((text) => printed.push(text)));
  const client = await proxy.connect();
  await client.query('set standard_conforming_strings = off');
  await client.query("select 'it\\'s from a' as s from pg_class where false");
  expect(printed.at(-1)).toContain("  select 'it\\'s from a' as s\n  from pg_class\n  where false\n");
});

test.each([
  ['beginnings of strings', Array.from({ length: 30_000 }, (_, at) => `$a${at}$ `).join('')],
  ['beginnings of comments', '/*'.repeat(10_000)],
  ['space', ' '.repeat(200_000)],
  ['quotes', `e'${"\\'".repeat(100_000)}`],
])('a long statement keeps nobody waiting: one of %s', async (_, text) => {
  const { user, database } = inject('oracle');
  const printed: string[] = [];
  await using proxy = await RunningProxy.open(oracleSocket(), new StatementLog((line) => printed.push(line)));
  const bystander = await Bystander.watch(proxy.port, undefined, { user, database });
  const client = await Frontend.connect(proxy.port);
  await client.start({ user, database });
  await client.ask(query(`select 1 ${text} as one`));
  client.stream.destroy();
  await bystander.expectUnharmed();
  expect(printed.join('')).toContain(`  select 1 ${text} as one\n`);
});

test('a statement that is short enough to be formatted takes no time', () => {
  const texts = [
    Array.from({ length: 1_500 }, (_, at) => `$a${at}$ `).join(''),
    '/*'.repeat(4_900),
    `${' '.repeat(9_900)}x`,
    "'".repeat(9_901),
    '--'.repeat(4_900),
    'x '.repeat(4_900),
  ];
  const begun = performance.now();
  for (const text of texts) formatStatement(`select 1 ${text}`);
  expect(performance.now() - begun).toBeLessThan(500);
});
