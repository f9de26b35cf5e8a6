import { bind, describePortal, describeStatement, execute, extended, parse, sync } from '../frames.js';
import { each, type Scripts, turn } from './script.js';

const sum = 'select $1::int4 + $2::int4 as sum';

/** PREPARE, EXECUTE and DEALLOCATE. */
export const preparedScripts: Scripts = {
  'PREPARE and EXECUTE': each(
    ...[
      `prepare s (int, integer) as ${sum}`,
      'execute s(1, 2)',
      'execute s (-3, +4)',
      "execute s('5', 6)",
      'execute s(0x1F, 1_000)',
      'execute s(-0b_101, 0O17)',
      "execute s('1'\n '2', e'3' -- it''s\r\n '\\064')",
      'deallocate s',
    ],
    ...['execute s(1, 2)', 'prepare one as select 1 as one', 'execute one', 'deallocate prepare one', 'execute one'],
  ),
  'a name that is taken': each(
    'prepare s as select 1 as one',
    'prepare s as select 2 as two',
    'prepare "S" as select 2 as two',
    'execute "S"',
  ),
  'names that do not exist': each('execute none', 'execute none(1)', 'deallocate none'),
  'too few and too many values': each(
    `prepare s(int, int) as ${sum}`,
    'execute s',
    'execute s(1)',
    'execute s(1, 2, 3)',
    'prepare one as select 1 as one',
    'execute one(1)',
  ),
  'constants of other types': each(
    ...[
      `prepare s(int, int) as ${sum}`,
      'execute s(1.5, 2.4)',
      "execute s('1'::int, 2::smallint)",
      "execute s(int '7', cast('8' as int))",
    ],
    ...[
      'execute s((1), ((2)))',
      'execute s(1e2, 2.5e1)',
      "execute s(- -1, '2'::numeric(10,2))",
      'execute s(-1.5, -2.5)',
    ],
  ),
  'values that cannot be': each(
    ...[
      `prepare s(int, int) as ${sum}`,
      "execute s('x', 1)",
      'execute s(true, 1)',
      'execute s(1, 3000000000)',
      "execute s(1, '3000000000')",
    ],
    ...[
      "execute s('1'::text, 1)",
      "execute s(1, '2020-01-01'::date)",
      "execute s(1, 'x'::int)",
      'execute s(99999999999999999999, 1)',
      "execute s(1, '1.5')",
    ],
  ),
  'types that do not exist': each(
    'prepare s(strange) as select 1 as one',
    `prepare s(int, int) as ${sum}`,
    "execute s(1, '2'::strange)",
  ),
  'a command': each(
    ...[
      'create temporary table numbers (n int4)',
      'prepare i(int4) as insert into numbers values ($1)',
      'execute i(1)',
    ],
    ...['prepare u as update numbers set n = n + 1', 'execute u', 'drop table numbers'],
  ),
  'what cannot be prepared': each(
    'prepare s as create table t (n int)',
    'prepare s as begin',
    'prepare s as execute t',
  ),
  'EXECUTE in extended queries': [
    ...each('prepare one as select 1 as one'),
    turn(extended('execute one'), sync()),
    turn(extended('execute one', { resultFormats: [1] }), sync()),
    turn(parse('execute one', 'e'), describeStatement('e'), sync()),
    turn(bind({ statement: 'e' }), describePortal(), sync()),
    turn(bind({ statement: 'e' }), execute(), sync()),
    ...each('deallocate one', 'prepare one as select n from generate_series(1, 5) as n'),
    turn(bind({ statement: 'e' }), describePortal(), execute('', 2), execute(), sync()),
    ...each('deallocate one'),
    turn(parse('execute one'), describeStatement(), sync()),
    turn(extended('execute one'), sync()),
    turn(extended('prepare two as select 2 as two'), sync()),
    turn(extended('deallocate two'), sync()),
    turn(extended(`prepare sum(int, int) as ${sum}`), sync()),
    turn(parse(`prepare other(int, int) as ${sum}`), describeStatement(), sync()),
    turn(extended('execute sum(1, 2)'), sync()),
  ],
  'PREPARE and Parse share their names': [
    turn(parse('select 1 as one', 'one'), sync()),
    ...each('execute one', 'prepare one as select 2 as two', 'prepare two as select 2 as two'),
    turn(parse('select 1 as one', 'two'), sync()),
    turn(describeStatement('two'), bind({ statement: 'two' }), execute(), sync()),
    turn(parse(sum, 'sum', [23, 23]), sync()),
    ...each('execute sum(20, 22)', `prepare other(int, int4) as ${sum}`),
    turn(describeStatement('other'), bind({ statement: 'other', values: ['3', '4'] }), execute(), sync()),
  ],
  'what forgets all prepared statements leaves the unnamed one': ['deallocate all', 'discard all'].flatMap((sql) => [
    turn(parse(sql, 'forget'), parse('select 1 as one', 'named'), parse('select 2 as two'), sync()),
    turn(bind({ statement: 'forget' }), execute(), sync()),
    turn(bind(), execute(), sync()),
    turn(bind({ statement: 'named' }), sync()),
  ]),
  'PREPARE outlives its transaction, even a rollback': each(
    'begin',
    'prepare one as select 1 as one',
    'rollback',
    'execute one',
    'discard all',
    'execute one',
  ),
};
