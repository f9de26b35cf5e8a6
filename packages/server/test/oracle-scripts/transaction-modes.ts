import { tag } from '../../src/index.js';
import { answering } from '../conversation.js';
import { extended, parse, sync } from '../frames.js';
import { cannedAnswer } from './canned-answers.js';
import { each, failure, type Scripts, turn } from './script.js';

const one = 'select 1 as one';
const level = 'show transaction_isolation';
const readOnly = 'show transaction_read_only';
const deferrable = 'show transaction_deferrable';
const serializable = 'begin isolation level serializable';
/** PostgreSQL lets a READ ONLY transaction write temporary tables: these are not, and nothing is written. */
const insert = 'insert into pg_description select * from pg_description where false';
const defaultReadOnly = 'show default_transaction_read_only';
const locksNothing = `${one} for update`;
const remove = 'delete from pg_description where false';

/** What the scripts write is written. */
export const WritingAnswers = answering((sql, context) => {
  if (sql === insert) return tag('INSERT 0 0');
  if (sql === locksNothing || reading.includes(sql)) return cannedAnswer(one, context);
  if (/^with|^explain|^copy|^update|for update|key update|share/.test(sql)) throw new Error(`${sql} must not be run`);
  return sql === remove ? tag('DELETE 0') : cannedAnswer(sql, context);
});

/** All of them have one column `one`, with 1. */
const reading = [
  ...[
    'with a as (select 1 as merge) select max(merge) as one from a',
    'with delete as (select 1 as one) select one from delete',
  ],
  ...['with a as (select 1 as insert) select (1) as one from a where (insert) = 1'],
  ...['with a as (select (1) update) select update as one from a'],
];

const refused = [
  ...['create table t (n int4)', 'create temporary table t as select 1', 'create unique index i on pg_class (oid)'],
  ...['create or replace view v as select 1', 'create materialized view v as select 1', 'create user somebody'],
  ...['create foreign table t () server s', 'create event trigger t on ddl_command_start execute function f()'],
  ...[
    'alter table pg_class add n int4',
    'alter user somebody login',
    'alter default privileges grant all on tables to public',
  ],
  ...['drop table t', 'drop user somebody', 'drop owned by somebody', 'drop materialized view v', 'truncate pg_class'],
  ...['comment on table pg_class is null', 'grant all on pg_class to public', 'grant a to b', 'revoke a from b'],
  ...['reassign owned by a to b', 'refresh materialized view v', 'create schema s'],
  ...['import foreign schema s from server f into public', 'copy pg_description from stdin'],
  ...['with a as (select 1) insert into pg_description select * from pg_description where false'],
  ...['with a as (delete from pg_description where false returning objoid) select * from a'],
  ...['select 1 as one into t', `explain analyze ${insert}`, `copy (${remove} returning objoid) to stdout`],
  ...['select oid from pg_class for update', 'select 1 from pg_class a for no key update of a nowait'],
  ...['select oid from pg_class for share skip locked', 'with a as (select 1) select 1 from pg_class for key share'],
  ...[`with a as (with b as (select 1) ${insert} returning objoid) select 1 from a`],
  ...[`with delete as (select 1) ${insert}`, 'create language l', 'create language l handler h'],
  ...[`explain (analyze, verbose off) ${insert}`, `explain (analyze 1, analyze false, analyze 'on') ${insert}`],
  ...['declare c cursor for select oid from pg_class for update'],
  ...['select 1 from (select oid from pg_class for update) t', 'explain analyze select oid from pg_class for update'],
  ...["update pg_description set description = '' where false", insert, remove],
];

/** Isolation levels, READ ONLY and DEFERRABLE: when they are taken, and that READ ONLY is kept. */
export const transactionModeScripts: Scripts = {
  'what writes is refused in a READ ONLY transaction': refused.flatMap((sql) =>
    each('begin read only', sql, 'rollback'),
  ),
  'words that write elsewhere do not write': reading.flatMap((sql) => each('begin read only', sql, 'rollback')),
  'READ ONLY ends with its subtransaction': each(
    ...['begin', 'savepoint a', 'set transaction read only', 'release a', readOnly, insert, 'rollback'],
    ...['begin', 'savepoint a', 'savepoint b', 'set transaction_read_only = on', 'savepoint c', 'release b', readOnly],
    ...['release a', readOnly, 'rollback', 'begin read only', 'savepoint a', 'release a', readOnly, insert, 'rollback'],
  ),
  'modes have a scope': each(
    ...['begin', 'set session transaction read only', readOnly, insert, 'rollback', readOnly],
    ...['begin', 'set session transaction isolation level serializable', level, 'rollback', level],
    ...[
      'begin',
      'set local session characteristics as transaction read only',
      defaultReadOnly,
      'commit',
      defaultReadOnly,
    ],
    ...['set local session characteristics as transaction read only', defaultReadOnly],
    ...['set session session characteristics as transaction read only', defaultReadOnly, insert],
    ...['set session session authorization default', 'set session characteristics as transaction read write'],
  ),
  'a lock of nothing is none': each('begin read only', locksNothing, 'rollback'),
  'READ ONLY is kept however it was set': [
    ...each(`begin read only; ${insert}`, 'rollback', `${one}; begin read only; ${insert}; commit`, readOnly),
    ...each('begin', 'begin read only', insert, 'rollback', 'begin', 'set transaction read only', insert, 'rollback'),
    ...each('begin', 'set transaction_read_only = on', insert, 'rollback', insert),
    ...each('begin', one, 'set local transaction_read_only to true', remove, 'rollback'),
    ...each('begin', "set transaction_read_only = 'off'", remove, 'commit'),
    turn(extended(one), extended('begin read only'), extended(insert), sync()),
    ...each('rollback'),
    turn(extended('begin'), extended('set transaction read only'), extended(insert), sync()),
    ...each('commit'),
  ],
  'READ ONLY is kept where it is the default': [
    ...each(insert, 'set default_transaction_read_only = on', insert, insert, readOnly, 'begin', insert, 'rollback'),
    ...each('begin read write', insert, 'commit', `${one}; ${insert}`, 'reset default_transaction_read_only', insert),
    ...each('set session characteristics as transaction read only', insert, 'begin', 'set transaction read write'),
    ...each(insert, 'commit', insert),
    turn(extended(insert), sync()),
    turn(extended(one), extended(insert), sync()),
  ],
  'READ ONLY goes with its transaction and its savepoint': each(
    ...['begin read only', 'commit and chain', insert, 'rollback and chain', insert, 'rollback', insert],
    ...['begin read only', failure, 'rollback and chain', readOnly, 'rollback and chain', readOnly, 'rollback'],
    ...[serializable, 'commit and chain', failure, 'commit and chain', level, 'commit', level],
    ...['begin', 'savepoint a', 'set transaction read only', insert, 'rollback to a', readOnly, insert, 'commit'],
  ),
  'an EXECUTE writes by what it executes': each(
    ...[`prepare p as ${remove}`, 'begin read only', 'execute p', 'rollback', 'execute p'],
  ),
  'a BEGIN in a block changes its modes': each(
    ...['begin', serializable, level, 'rollback', 'begin', 'begin read only', readOnly, insert, 'rollback'],
    ...['begin', `${serializable}, deferrable, read only; ${level}; ${readOnly}; ${deferrable}`, 'rollback'],
    ...['begin', one, serializable, level, 'rollback', 'begin', failure, serializable, 'rollback'],
  ),
  'an isolation level comes too late behind a query': [
    ...each('begin', one, 'set transaction isolation level serializable', level, 'rollback'),
    ...each('begin', one, 'set transaction isolation level read committed', level, 'rollback'),
    ...each('begin', one, "set transaction_isolation = 'repeatable read'", 'rollback'),
    ...each(`${one}; ${serializable}`, `${one}; ${serializable}; ${one}`, `${one}; begin deferrable`, one),
    ...each(`${one}; begin isolation level read committed; ${level}`, 'rollback'),
    turn(extended(one), extended(serializable), sync()),
    turn(extended(one), extended('begin deferrable'), sync()),
    turn(parse(one), extended(serializable), sync()),
    turn(parse(one), sync()),
    turn(extended(serializable), extended(level), sync()),
    ...each('rollback', 'begin', one, 'commit and chain', 'set transaction isolation level serializable', level),
    ...each('rollback', 'begin', 'savepoint a', one, 'rollback to a', 'release a'),
    ...each('set transaction isolation level serializable', 'rollback'),
  ],
  'what is no query leaves time for an isolation level': each(
    ...[`set a.b = 1; ${serializable}; ${level}`, 'rollback', `${level}; begin deferrable; ${deferrable}`, 'rollback'],
    ...['begin', 'listen c', 'notify c', 'set a.b = 2', level, 'savepoint a', 'release a'],
    ...['set transaction isolation level serializable', level, 'rollback'],
    ...[`begin; commit; ${serializable}; ${level}`, 'rollback'],
    ...[
      `${one}; commit; ${serializable}; ${level}`,
      'rollback',
      `begin read only; commit; begin; ${readOnly}`,
      'rollback',
    ],
  ),
  'READ WRITE comes too late behind a query': each(
    ...[
      'begin read only',
      one,
      'set transaction read write',
      'rollback',
      'begin read only',
      'begin read write',
      readOnly,
    ],
    ...['rollback', 'begin read only', 'savepoint a', 'set transaction read write', 'rollback'],
    ...['begin', one, 'set transaction read write', readOnly, 'set transaction read only', readOnly, 'rollback'],
    ...[`${one}; begin read write; ${readOnly}`, 'rollback', `begin read only; ${one}; begin read write`, 'rollback'],
  ),
  'modes that are not for a subtransaction': each(
    ...['begin', 'savepoint a', 'set transaction isolation level serializable', 'rollback'],
    ...['begin', 'savepoint a', 'set transaction deferrable', 'rollback', 'begin', 'savepoint a'],
    ...[
      'set transaction isolation level read committed',
      'set transaction read only',
      readOnly,
      'rollback to a',
      readOnly,
    ],
    ...['rollback'],
  ),
};
