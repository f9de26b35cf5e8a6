import { serialize } from 'pg-protocol';
import {
  bind,
  closePortal,
  describePortal,
  describeStatement,
  execute,
  extended,
  parse,
  query,
  sync,
} from '../../../packages/server/test/frames.js';
import { each, failure, type Scripts, turn } from '../../../packages/server/test/oracle-scripts/script.js';

// No temporary one: errors have the name of its schema, which every session has another of.
const deferred = each('create table once (n int4 unique deferrable initially deferred)');
const drop = each('drop table once');
const twice = 'insert into once values (1), (1)';
const notice = "do $$ begin raise notice 'said'; end $$";
const told = 'select told(n) as n from generate_series(1, 5) as n';
// Too wide for several of its rows to come at once.
const wide = "select n, repeat('x', 300000) as x from generate_series(1, 12) as n";
const line = (text: string): Uint8Array => serialize.copyData(Buffer.from(text));
const copied = [parse('copy copied from stdin'), bind(), execute(), line('1\n'), serialize.copyDone()];
const declared = 'declare c cursor for select n from generate_series(1, 5) as n';
const held = declared.replace('cursor', 'cursor with hold');
const modes = ['isolation', 'read_only', 'deferrable'].map((name) => `current_setting('transaction_${name}')`);
const modesNow = `select ${modes.join(', ')}`;

/** What only a real PostgreSQL does behind a server of ours. */
export const proxyScripts: Scripts = {
  'a portal of Bind that writes and gives rows is a cursor': [
    ...each('create temporary table kept (n int4)'),
    ...[
      'insert into kept select generate_series(1, 4) returning n',
      'with added as (insert into kept values (5), (6) returning n) select n from added',
      'update kept set n = n + 1 returning n',
    ].flatMap((sql) => [
      ...each('begin'),
      turn(parse(sql), bind({ portal: 'p' }), sync()),
      ...each('fetch 2 p', 'select count(*) from kept', 'move p'),
      turn(execute('p'), sync()),
      ...each('fetch p', 'commit'),
    ]),
    ...each('begin'),
    turn(parse('insert into kept values (7)'), bind({ portal: 'p' }), sync()),
    ...each('rollback', 'select count(*) from kept'),
  ],
  'a portal of Bind that fetches from a cursor is a cursor, too': [
    ...each('begin', declared),
    turn(parse('fetch 3 from c'), bind({ portal: 'q' }), sync()),
    ...each('fetch 2 q', 'fetch c', 'move all q', 'fetch c', 'fetch c', 'rollback'),
  ],
  'a commit that fails at Sync is told behind the answer': [
    ...deferred,
    turn(extended(twice), sync()),
    turn(extended(`${twice} returning n`), sync()),
    turn(parse(`${twice} returning n`), bind(), execute('', 1), sync()),
    turn(extended(twice), extended('select 1 as one'), sync()),
    turn(extended('begin'), extended(twice), sync()),
    turn(extended('commit'), sync()),
    ...each('select * from once'),
    ...drop,
  ],
  'a commit that fails leaves the last statement of a Query without its end': [
    ...deferred,
    ...each(twice, `select 1 as one; ${twice}`, `${twice}; select 1 as one`),
    ...each(`begin; ${twice}`, 'select 1 as one; commit', 'select * from once'),
    ...each(`${twice}; commit`, `${twice}; rollback`, 'set client_min_messages = error', `${twice}; commit`),
    ...each(`${twice}; commit; select 1 as one`, 'insert into once values (1); commit', 'select * from once'),
    ...drop,
  ],
  'a statement whose columns have changed is not described any more': [
    ...each('create temporary table wide (n int4)'),
    turn(parse('select * from wide', 's'), describeStatement('s'), sync()),
    ...each('alter table wide add m int4'),
    turn(describeStatement('s'), sync()),
    turn(describeStatement('s'), sync()),
    ...each('alter table wide drop m'),
    turn(describeStatement('s'), sync()),
  ],
  'a statement is described whose table has changed': [
    ...each('create temporary table changed (n varchar(5))'),
    turn(parse('select * from changed where n = $1', 's'), describeStatement('s'), sync()),
    ...each('alter table changed alter n type varchar(9)'),
    turn(describeStatement('s'), sync()),
    ...each('alter table changed alter n type varchar(5)'),
    turn(describeStatement('s'), sync()),
    ...each('drop table changed'),
    turn(describeStatement('s'), sync()),
    ...each('create temporary table changed (x int8, n varchar(5))', 'alter table changed drop x'),
    turn(describeStatement('s'), sync()),
    turn(bind({ statement: 's', values: ['a'] }), describePortal(), execute(), sync()),
    ...each('begin', 'drop table changed'),
    turn(describeStatement('s'), sync()),
    turn(describeStatement('s'), sync()),
    ...each('rollback'),
    turn(parse('insert into changed values ($1)', 'i'), describeStatement('i'), sync()),
    ...each('drop table changed'),
    turn(describeStatement('i'), sync()),
  ],
  'an EXECUTE is described of what is gone': [
    ...each('prepare q as select $1::int4 as n'),
    turn(parse('execute q(1)', 'e'), describeStatement('e'), sync()),
    ...each('deallocate q'),
    turn(describeStatement('e'), sync()),
  ],
  'a binary cursor': [
    ...each('begin', "create type pg_temp.mood as enum ('sad', 'happy')"),
    ...each(
      "declare c scroll binary cursor for select n, row(1, 2) as r, 'sad'::pg_temp.mood as m from generate_series(1, 5) as n",
    ),
    ...each(
      'fetch 2 c',
      'move 1 c',
      'fetch 0 c',
      'fetch 0 c',
      'fetch all c',
      'fetch all c',
      'fetch prior c; select 1 as one',
    ),
    turn(extended('fetch first c'), sync()),
    turn(parse('fetch first c'), bind({ resultFormats: [1] }), describePortal(), execute(), sync()),
    turn(describePortal('c'), sync()),
    ...each('commit'),
  ],
  'a cursor is described in a failed block': [
    ...each('begin', declared, failure),
    turn(describePortal('c'), sync()),
    turn(describePortal('nosuch'), sync()),
    ...each('rollback', 'begin', failure),
    turn(describePortal('c'), sync()),
    ...each('rollback', 'begin', declared, 'close c', failure),
    turn(describePortal('c'), sync()),
    ...each('commit', 'begin'),
    turn(extended(declared), sync()),
    ...each('savepoint s', declared.replace(' c ', ' d '), failure),
    turn(describePortal('c'), sync()),
    turn(describePortal('d'), sync()),
    ...each('rollback to s', 'savepoint t', declared.replace(' c ', ' e '), 'release t', failure),
    turn(describePortal('c'), sync()),
    turn(describePortal('d'), sync()),
    turn(describePortal('e'), sync()),
    ...each('rollback to s'),
    turn(describePortal('e'), sync()),
    ...each(failure),
    turn(describePortal('e'), sync()),
    ...each('rollback', held, 'begin', held.replace(' c ', ' d '), failure),
    turn(describePortal('c'), sync()),
    turn(describePortal('d'), sync()),
    ...each('rollback', 'begin', failure),
    turn(describePortal('c'), sync()),
    turn(describePortal('d'), sync()),
    ...each('rollback', 'close all', 'begin', failure),
    turn(describePortal('c'), sync()),
    ...each('rollback', `${declared}; ${failure}`, held, 'discard all', 'begin', failure),
    turn(describePortal('c'), sync()),
    ...each('rollback'),
  ],
  'parameters that are declared as unknown': [
    turn(parse('select $1 as a, $2::int4 as b', 's', [705, 705]), describeStatement('s'), sync()),
    turn(bind({ statement: 's', values: ['a', '1'] }), describePortal(), execute(), sync()),
    turn(extended('select $1 as a', { types: [705], values: ['a'] }), sync()),
  ],
  'what goes on meanwhile with a portal whose rows have been asked for': [
    ...each('begin'),
    turn(parse(wide), bind({ portal: 'p' }), execute('p', 5), sync()),
    turn(execute('p', 2), sync()),
    ...each('select 1 as one'),
    turn(execute('p', 1), sync()),
    ...each('move 2 p', 'fetch p', 'select 1 as one', 'commit'),
  ],
  'a portal of Bind is a cursor': [
    ...each('begin'),
    turn(parse(wide), bind({ portal: 'p' }), sync()),
    turn(extended('move forward 3 p'), sync()),
    ...each('select 1 as one'),
    turn(execute('p', 2), sync()),
    turn(parse('fetch 4 p'), bind({ portal: 'f' }), describePortal('f'), execute('f', 1), sync()),
    ...each('select 1 as one'),
    turn(execute('f', 1), sync()),
    ...each('select 1 as one'),
    turn(execute('f'), sync()),
    ...each('fetch p', 'declare p cursor for select 1', 'rollback', 'begin'),
    turn(parse(wide), bind({ portal: 'p' }), sync()),
    turn(parse('fetch all p'), bind({ portal: 'f' }), execute('f', 1), sync()),
    ...each('select 1 as one'),
    turn(closePortal('f'), sync()),
    ...each('fetch p', 'close p', 'fetch p', 'rollback'),
  ],
  'a cursor cannot be run in a failed block': [
    ...each('begin', declared, failure),
    turn(execute('c'), sync()),
    turn(execute('nosuch'), sync()),
    ...each('rollback'),
  ],
  'settings are told in the order in which PostgreSQL does': [
    ...each(
      "select set_config('application_name', 'b', false), set_config('timezone', 'Asia/Tokyo', false)",
      "set datestyle to german; select set_config('timezone', 'UTC', false), set_config('search_path', 'x', false)",
      ...["begin; set application_name to c; set datestyle to iso; set timezone to 'Asia/Tokyo'", 'rollback'],
      ...['reset all', "set application_name to d; set timezone to 'Asia/Tokyo'; discard all; set datestyle to german"],
      "set application_name to d; set timezone to 'Asia/Tokyo'",
      'discard all',
      "select set_config('application_name', 'b', false), set_config('timezone', 'Asia/Tokyo', false)",
    ),
  ],
  'what a deferred trigger sets is told before what was set ahead of it': [
    ...each(
      'create table setting (n int4)',
      `create function set_zone() returns trigger language plpgsql as
         $$ begin perform set_config('timezone', 'Asia/Tokyo', false); return null; end $$`,
      `create constraint trigger set_zone after insert on setting deferrable initially deferred
         for each row execute function set_zone()`,
      ...["insert into setting values (1); set application_name = 'b'", 'set timezone = utc'],
      ...['begin', "set application_name = 'c'; insert into setting values (1); commit", 'set timezone = utc'],
    ),
    turn(extended('insert into setting values (1)'), extended("set application_name = 'd'"), sync()),
    ...each("set timezone = utc; set application_name = 'e'; insert into setting values (1)"),
    ...each('drop table setting', 'drop function set_zone'),
  ],
  'a portal is described before its statement says anything': [
    turn(extended(notice), sync()),
    turn(extended("select set_config('a.b', n::text, true) from generate_series(1, 2) as n"), sync()),
  ],
  'a portal is described before its statement fails': [
    turn(extended('select 1 as one'), extended('discard all'), sync()),
    turn(extended('select 1 as one'), extended('vacuum'), sync()),
    turn(extended('select 1 / n as quotient from generate_series(0, 1) as n'), sync()),
    turn(extended('do $$ begin raise $a$no$a$; end $$'), sync()),
  ],
  'the modes of a BEGIN among other statements': [
    ...['isolation level serializable', 'read only', 'isolation level serializable, read only, deferrable'].flatMap(
      (given) => [
        ...each(`begin ${given}; ${modesNow}`, modesNow, 'commit'),
        ...each(`select 1 as one; commit; start transaction ${given}; ${modesNow}`, 'rollback', modesNow),
        ...each(`begin; commit; begin ${given}; commit and chain; ${modesNow}`, 'rollback'),
        ...each(`set a.b = 1; begin ${given}; ${modesNow}`, modesNow, 'rollback'),
        ...each(`select 1 as one; begin ${given}; ${modesNow}`, 'rollback', modesNow),
        ...each(`begin; begin ${given}; ${modesNow}`, 'rollback'),
        turn(extended(`begin ${given}`), extended(modesNow), sync()),
        ...each('rollback'),
        turn(extended('set a.b = 1'), extended(`begin ${given}`), extended(modesNow), sync()),
        ...each('rollback'),
        turn(extended('select 1 as one'), extended(`begin ${given}`), extended(modesNow), sync()),
        ...each('rollback', modesNow),
      ],
    ),
    ...each('begin read only; create table unwanted ()', 'rollback'),
  ],
  'an error of the session’s own fails the block, whose settings are told': [
    ...each("set application_name = 'before'", 'begin', "set application_name = 'within'"),
    turn(bind({ statement: 'nosuch' }), sync()),
    ...each('show application_name', 'rollback', 'show application_name'),
    ...each('begin', 'savepoint s', "set application_name = 'within'", 'release nosuch', 'rollback to s'),
    ...each('show application_name', 'commit', 'begin', "set application_name = 'within'"),
    turn(execute('nosuch'), sync()),
    ...each('commit', 'show application_name', 'begin', 'select 1 as one'),
    turn(parse('select 1 as one; select 2 as two'), sync()),
    ...each('select 1 as one', 'rollback'),
  ],
  'a portal that is not there, in a failed block': [
    turn(query('begin')),
    turn(execute('nosuch'), sync()),
    turn(describePortal('nosuch'), sync()),
    ...each('rollback'),
  ],
  'notices come where they are raised': [
    ...each(
      `create function told(n int4) returns int4 language plpgsql as
         $$ begin raise notice 'row %', n; return n; end $$`,
    ),
    turn(parse(told), bind(), execute('', 2), execute('', 2), sync()),
    turn(parse(told), bind(), execute('', 9), sync()),
    ...each('begin'),
    turn(parse(told), bind({ portal: 'p' }), execute('p', 1), sync()),
    turn(execute('p', 1), extended('select 1 as one'), execute('p', 4), sync()),
    ...each('commit', told),
    turn(extended(told), sync()),
    ...each('drop function told'),
  ],
  'what a deferred trigger says comes behind the answer': [
    ...each(
      'create table told (n int4)',
      `create function tell() returns trigger language plpgsql as
         $$ begin raise notice 'at commit'; if new.n > 1 then raise 'too many'; end if; return null; end $$`,
      `create constraint trigger tell after insert on told deferrable initially deferred
         for each row execute function tell()`,
    ),
    ...[1, 2].flatMap((n) => [
      turn(extended(`insert into told values (${n})`), sync()),
      turn(parse(`insert into told values (1), (${n}) returning n`), bind(), execute('', 1), sync()),
      turn(extended(`insert into told values (${n})`), extended('select 1 as one'), sync()),
      ...each(`insert into told values (${n})`, `insert into told values (${n}); select 1 as one`),
      ...each('begin', `insert into told values (${n})`, 'commit', 'begin'),
      turn(extended(`insert into told values (${n})`), sync()),
      turn(extended('commit'), sync()),
    ]),
    ...each('drop table told', 'drop function tell'),
  ],
  'what rules add to a statement comes before its tag': [
    ...each(
      ...['create temporary table ruled (n int4)', 'create temporary table others (n int4)'],
      'create rule two as on insert to ruled do also (select 10 as x; select 20 as y, new.n)',
      ...['insert into ruled values (1)', 'insert into ruled values (2), (3); select 1 as one'],
      'insert into ruled select n from generate_series(1, 3) as n where n > 3',
      ...['begin', 'insert into ruled values (4)', 'select n from ruled', 'rollback', 'select n from ruled'],
      'create rule failing as on insert to others do also (select 1 as one; select 1 / new.n as quotient)',
      ...['insert into others values (0)', 'insert into others values (1)', 'select n from others'],
    ),
    turn(extended('insert into ruled values (5)'), sync()),
    ...each('prepare p as insert into ruled values (6)', 'execute p', 'select n from ruled'),
  ],
  'a COPY of a pipeline is undone with it': [
    ...each('create temporary table copied (n int4)'),
    turn(...copied, extended(failure), sync()),
    turn(...copied, bind({ statement: 'nosuch' }), sync()),
    turn(...copied, parse('copy copied from stdin'), bind(), execute(), line('x\n'), serialize.copyDone(), sync()),
    ...each('select n from copied'),
    turn(...copied, sync()),
    turn(...copied, ...copied, extended('select n from copied'), sync()),
  ],
  'strings on several lines': [
    ...each("select e'a'\n'\\';' as s; select 1 as one", "select 'a' -- it's;\r 'b;' as s; select 1 as one"),
    ...each("select e'a' '\\'; select 1 as one", "select U&'\\0061'\n';' as s; select x'1'\n'f' as s"),
  ],
  'backslashes without standard_conforming_strings': [
    ...each('set standard_conforming_strings = off', 'set escape_string_warning = off'),
    ...each("select 'it\\'s; x' as s", "select 'it\\'s; x' as s; select n'\\';' as s; select 1 as one"),
    turn(extended("select 'it\\'s; x' as s"), extended("select 'a'\n'\\'; select 2 as two --' as s"), sync()),
    ...each("select '\\'; select 2 as two --' as s", "select '\\'; select 2 as two --' as s"),
    ...each('set standard_conforming_strings = on'),
    ...each("select '\\'; select 2 as two --' as s", "select '\\'; select 2 as two --' as s"),
    ...each('begin', 'set local standard_conforming_strings = off', "select '\\';' as s", 'rollback'),
    ...each("select '\\'; select 2 as two --' as s"),
  ],
  'what stands behind a late BEGIN is read': [
    ...each('select 1 as one; begin read only read write', modesNow),
    ...each(`select 1 as one; begin read only; ${modesNow}`, 'create table t ()', 'rollback'),
    ...each(`select 1 as one; begin work /* that is */ read only -- too\n; ${modesNow}`, 'rollback'),
    turn(extended('select 1 as one'), extended('start transaction read only'), extended(modesNow), sync()),
    ...each('rollback', 'begin', `begin isolation level serializable; ${modesNow}`, 'rollback'),
  ],
  'SQLSTATEs are those that were raised': ['ZZ123', 'MY001', 'U0001', '45000', '99999', 'AB1C2', 'YYYYY'].flatMap(
    (code) => each(`do $$ begin raise exception using errcode = '${code}', message = 'no'; end $$`),
  ),
  'what is left of a COPY that there is not makes no block': [
    turn(parse('vacuum pg_description'), bind(), execute(), line('late'), sync()),
    turn(parse('vacuum pg_description'), bind(), execute(), line('late'), line('r'), serialize.copyDone(), sync()),
    turn(parse('vacuum pg_description'), bind(), execute(), serialize.copyDone(), sync()),
    turn(parse('vacuum pg_description'), bind(), execute(), serialize.copyFail('no'), serialize.copyDone(), sync()),
  ],
  'a number of formats that is not that of the columns': [
    turn(parse('select $1::int4 as a, $2::text as b', 's'), sync()),
    turn(bind({ statement: 's', values: ['1', 'a'], resultFormats: [1, 0, 1] }), sync()),
    turn(bind({ statement: 's', values: ['1', 'a'], resultFormats: [1, 0] }), describePortal(), execute(), sync()),
    turn(parse('select 1 as one'), bind({ resultFormats: [0, 0] }), sync()),
    turn(parse('select 1 as one'), bind({ resultFormats: [0, 0] }), describePortal(), execute(), sync()),
    turn(query('select 1 as one')),
  ],
};

const brokenBegins = ['begin garbage', 'begin isolation level foo', 'start transaction garbage', 'begin , read only'];

/** PostgreSQL reads a whole text before it runs any of it; who forwards statement by statement finds its errors later. */
export const misreadScripts: Scripts = {
  'nonsense behind a late BEGIN is refused': [...brokenBegins, 'begin read only,'].flatMap((begin) => [
    ...each(`select 1 as one; ${begin}`),
    turn(extended('select 1 as one'), extended(begin), sync()),
    ...each('select 1 as one'),
  ]),
};
