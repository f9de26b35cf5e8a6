import { expect, test } from 'vitest';
import { mayWrite } from '../../src/sql/may-write.js';
import { splitStatements } from '../../src/sql/statement.js';

const says = (sql: string): readonly boolean[] => [...splitStatements(sql)].map(mayWrite);

test.each([
  'select * from t',
  '(select 1) union (select 2)',
  'select count(*), max(n) filter (where n > 1) over (order by n) from t where n in (1, 2) and (v = any ($1))',
  'select pg_catalog.count(*), cast(v as varchar(9)), v::numeric(4, 2) from t join u using (n)',
  'with x as (select 1 as n) select * from x',
  'values (1), (2)',
  'table t',
  'from t',
  "select 'f(1)', $$f(1)$$ -- f(1)",
  'explain (costs off) select 1',
  'explain analyze select 1',
  'show search_path',
])('%s writes nothing', (sql) => {
  expect(says(sql)).toEqual([false]);
});

test.each([
  'insert into t values (1) returning *',
  'insert into t values (1)',
  'with x as (delete from t returning n) select n from x',
  'select f()',
  'select "lower"(v) from t',
  'select mine.lower(v) from t',
  "select * from t where n = /* the next */ nextval ('s')",
  'select 1 into u',
  'call p()',
  'explain analyze delete from t',
  'explain analyze select f()',
  'pragma x',
])('%s may write', (sql) => {
  expect(says(sql)).toEqual([true]);
});
