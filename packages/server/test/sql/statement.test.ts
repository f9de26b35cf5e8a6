import { describe, expect, test } from 'vitest';
import { splitStatements } from '../../src/sql/statement.js';
import { classifyStatement } from '../../src/sql/statement-class.js';

const texts = (sql: string): readonly string[] => [...splitStatements(sql)].map((statement) => statement.sql);

describe('splitting a query text into statements', () => {
  test.each([
    ['select 1', ['select 1']],
    ['select 1; select 2;', ['select 1', 'select 2']],
    [' ;; -- nothing\n ; /* nor /* here */ */', []],
    ["select ';'; select 2", ["select ';'", 'select 2']],
    ["select 'it''s; fine'; select 2", ["select 'it''s; fine'", 'select 2']],
    ["select E'\\'; still'; select 2", ["select E'\\'; still'", 'select 2']],
    ["select '\\'; select 2", ["select '\\'", 'select 2']],
    ['select "a;""b"; select 2', ['select "a;""b"', 'select 2']],
    ['select $$;$$; select $a$ $$ ; $a$; select 3', ['select $$;$$', 'select $a$ $$ ; $a$', 'select 3']],
    ['select a$1$b; select 2', ['select a$1$b', 'select 2']],
    ['select 1 -- one; two\n; select 2', ['select 1', 'select 2']],
    ['select 1 -- one; two\r; select 2', ['select 1', 'select 2']],
    ['-- one; two\rselect 1 --', ['select 1']],
    ["select 'a'\n 'b;'; select 2", ["select 'a'\n 'b;'", 'select 2']],
    ["select e'a' -- it's;\r\n\t'\\';'; select 2", ["select e'a' -- it's;\r\n\t'\\';'", 'select 2']],
    ["select e'a' '\\'; select 2", ["select e'a' '\\'", 'select 2']],
    ["select e'a' /* \n */ '\\'; select 2", ["select e'a' /* \n */ '\\'", 'select 2']],
    ["select e'a'\n--'\\'; select 2", ["select e'a'"]],
    ['select /* ; /* ; */ ; */ 1; select 2', ['select /* ; /* ; */ ; */ 1', 'select 2']],
    [
      'create rule r as on insert to t do (delete from a; delete from b); select 2',
      ['create rule r as on insert to t do (delete from a; delete from b)', 'select 2'],
    ],
    [
      'create function f() returns int language sql begin atomic select case when true then 1 end; select 2; end; select 3',
      [
        'create function f() returns int language sql begin atomic select case when true then 1 end; select 2; end',
        'select 3',
      ],
    ],
    ['begin; select 1; end', ['begin', 'select 1', 'end']],
    ["select 'not closed; ever", ["select 'not closed; ever"]],
    ['select /* not closed; ever', ['select /* not closed; ever']],
    ['select 1; /* not closed /* but */ ;', ['select 1', '/* not closed /* but */ ;']],
    ['select $tag$ not closed; ever', ['select $tag$ not closed; ever']],
  ])('%s', (sql, expected) => {
    expect(texts(sql)).toEqual(expected);
  });

  test('with a backslash that escapes in any string', () => {
    const split = (sql: string) => [...splitStatements(sql, true)].map((statement) => statement.sql);
    expect(split("select 'it\\'s; x'; select n'\\';'; select 2")).toEqual([
      "select 'it\\'s; x'",
      "select n'\\';'",
      'select 2',
    ]);
    expect(split(`select b'\\'; select "\\"; select $$\\$$; select 2`)).toHaveLength(4);
  });

  test('says where each statement begins', () => {
    expect([...splitStatements('  select 1 ;\n select 2')].map((statement) => statement.offset)).toEqual([2, 14]);
  });

  test('counts parameters outside of quotes and comments', () => {
    const count = (sql: string) => [...splitStatements(sql)][0]?.parameterCount;
    expect(count('select $1, $12, \'$13\', $$ $14 $$ -- $15\n, "$16" /* $17 */, a$18')).toBe(12);
    expect(count('select 1')).toBe(0);
  });

  test('reads a large statement in time that grows with its length alone', () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => `(${i}, 'value; ${i}')`).join(', ');
    expect([...splitStatements(`insert into t values ${rows}; select 2`)]).toHaveLength(2);
  });
});

describe('classifying statements by their words', () => {
  test.each([
    ['insert into t values (1)', 'noRows'],
    ['INSERT INTO t VALUES (1) RETURNING id', 'mayWriteRows'],
    ["update t set a = 'returning'", 'noRows'],
    ['with x as (delete from t returning *) select * from x', 'mayWriteRows'],
    ['with x as (select 1) select * from x', 'reads'],
    ['call p()', 'mayWriteRows'],
    ['create table t as select 1', 'noRows'],
    ['set a = 1', 'noRows'],
    ['(select 1)', 'reads'],
    ['FROM t SELECT a', 'reads'],
    ['/* insert */ select 1', 'reads'],
    ['explain select 1', 'reads'],
    ['explain insert into t values (1)', 'reads'],
    ['explain analyze select 1', 'reads'],
    ['explain analyze insert into t values (1)', 'mayWriteRows'],
    ['explain (verbose, analyze) create table t as select 1', 'mayWriteRows'],
    ['select * from t for update', 'reads'],
    ['with x as (select 1) select * from x for no key update', 'reads'],
    ['with x as (insert into t values (1) returning *) select * from x', 'mayWriteRows'],
    ['select 1 into t', 'noRows'],
    ['with x as (select 1) select * into t from x', 'noRows'],
    ["select 'a into b'", 'reads'],
    ['fetch 10 from c', 'mayWriteRows'],
    ['move 10 from c', 'noRows'],
    ['replace into t values (1)', 'noRows'],
    ["attach 'file' as f", 'noRows'],
    ['values (1)', 'reads'],
    ['table t', 'reads'],
    ['show tables', 'reads'],
  ])('%s is %s', (sql, expected) => {
    const [statement] = splitStatements(sql);
    expect(statement && classifyStatement(statement)).toBe(expected);
  });
});
