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
} from '../frames.js';
import { each, failure, type Scripts, turn } from './script.js';

const series = 'select n from generate_series(1, 5) as n';
const declared = (...statements: readonly string[]) =>
  each('begin', `declare c no scroll cursor for ${series}`, ...statements, 'rollback');

/** DECLARE, FETCH, MOVE and CLOSE. */
export const cursorScripts: Scripts = {
  'forward through a cursor': declared(
    ...['fetch c', 'fetch next from c', 'fetch 2 in c', 'fetch forward from c', 'fetch c', 'fetch all c', 'close c'],
  ),
  'ALL and what is behind it': declared('fetch forward 2 from c', 'fetch forward all in c', 'fetch all in c', 'move c'),
  'more than there is': declared('fetch 10 from c', 'fetch 10 from c', 'move all in c'),
  MOVE: declared('move 2 in c', 'fetch c', 'move forward all in c', 'move c', 'fetch c'),
  'absolute and relative, forward': declared(
    ...[
      'fetch first c',
      'fetch absolute 3 from c',
      'fetch relative 1 from c',
      'fetch relative 5 c',
      'fetch absolute 9 c',
    ],
  ),
  'MOVE, absolute and relative': declared(
    'move absolute 2 c',
    'move relative 2 c',
    'move 0 c',
    'move relative 7 c',
    'move 0 c',
  ),
  'zero rows before the first': declared(
    'fetch 0 c',
    'fetch absolute 0 c',
    'move 0 c',
    'move backward all c',
    'fetch c',
  ),
  ...Object.fromEntries(
    [
      ...['fetch prior c', 'fetch last c', 'fetch backward 2 c', 'fetch backward all c', 'fetch relative -1 c'],
      ...[
        'fetch -1 c',
        'fetch absolute -1 c',
        'fetch first c',
        'fetch 0 c',
        'fetch relative 0 c',
        'fetch absolute 1 c',
      ],
      ...['move prior c', 'move backward all c', 'move absolute 0 c', 'fetch absolute 2 c'],
    ].map((statement) => [`${statement} cannot be done`, declared('move 2 c', statement)]),
  ),
  'backward by no rows': [
    ...declared('fetch forward 0 c', 'move backward 0 c', 'fetch backward 0 c', 'fetch c'),
    ...declared('fetch all c', 'move backward 0 c', 'fetch backward 0 c'),
    ...declared('fetch backward -0 c'),
  ],
  'numbers as they can be written': [
    ...declared('fetch 0x2 c', 'move -0b1 c'),
    ...declared('fetch 1_0 c', 'fetch +0o1 c', 'fetch backward 0X_F c'),
    ...declared('fetch absolute 0x0003 c', 'fetch relative 0_1 c', 'fetch 0x7fff_ffff c'),
  ],
  'backward by a negative number is forward': declared('fetch backward -2 c', 'fetch backward -1 c'),
  'what is no query': each(
    ...['copy pg_class to stdout', 'insert into numbers values (1) returning n', 'begin', 'Vacuum', 'fetch c'].map(
      (statement) => `declare c cursor with hold for ${statement}`,
    ),
    'declare c cursor for /* ä */ update numbers set n = 1',
  ),
  'DECLARE outside a block': each(
    `declare c cursor for ${series}`,
    `declare c cursor for ${series}; fetch 2 c`,
    'fetch c',
  ),
  'a name that is taken': each(
    'begin',
    `declare c cursor for ${series}`,
    `declare c cursor for select 1 as one`,
    'rollback',
  ),
  'names that do not exist': each('fetch none', 'move none', 'close none', 'begin', 'fetch 3 from "None"', 'rollback'),
  'a quoted name': each(
    'begin',
    `declare "SQL_CUR 0x1" cursor for ${series}`,
    'fetch 2 in "SQL_CUR 0x1"',
    'close "SQL_CUR 0x1"',
    'commit',
  ),
  'options that contradict each other': each(
    `declare c scroll no scroll cursor for ${series}`,
    `declare c asensitive insensitive cursor for ${series}`,
  ),
  'options in any order': each(
    'begin',
    `declare c no scroll insensitive binary cursor without hold for ${series}`,
    'fetch 2 c',
    'rollback',
  ),
  'COMMIT closes a cursor': each('begin', `declare c cursor for ${series}`, 'fetch c', 'commit', 'fetch c'),
  'a cursor WITH HOLD outlives COMMIT': each(
    ...[
      'begin',
      `declare c no scroll cursor with hold for ${series}`,
      'fetch c',
      'commit',
      'fetch 2 c',
      'fetch prior c',
    ],
    ...['fetch all c', 'begin', 'fetch c', failure, 'rollback', 'fetch c', 'close c', 'fetch c'],
  ),
  'a cursor WITH HOLD by itself': each(
    ...[
      `declare c cursor with hold for ${series}`,
      'fetch 2 c',
      'begin',
      'savepoint a',
      'fetch c',
      'rollback to a',
      'fetch c',
    ],
    ...['rollback', 'fetch c', 'close all', 'fetch c'],
  ),
  'a rollback ends a cursor WITH HOLD': each(
    'begin',
    `declare c cursor with hold for ${series}`,
    'rollback',
    'fetch c',
  ),
  'an error ends a cursor WITH HOLD of its Query': each(
    `declare c cursor with hold for ${series}; ${failure}`,
    'fetch c',
  ),
  'DISCARD ALL closes it': each(`declare c cursor with hold for ${series}`, 'discard all', 'fetch c'),
  'savepoints and cursors': each(
    ...[
      'begin',
      `declare a no scroll cursor for ${series}`,
      'savepoint s',
      `declare b cursor for ${series}`,
      'fetch 2 a',
    ],
    ...['rollback to s', 'fetch a', 'fetch b', 'rollback'],
  ),
  'FETCH in extended queries': [
    ...each('begin'),
    turn(extended(`declare c cursor for ${series}`), sync()),
    turn(extended('fetch 2 from c'), sync()),
    turn(extended('fetch from c', { resultFormats: [1] }), sync()),
    turn(parse('fetch 1 from c', 'one'), describeStatement('one'), bind({ statement: 'one' }), execute(), sync()),
    turn(extended('move c'), sync()),
    turn(extended('close c'), sync()),
    turn(parse('fetch from c'), describeStatement(), sync()),
    turn(extended('fetch from c'), sync()),
    ...each('rollback'),
  ],
  'a FETCH that is suspended': [
    ...each('begin', `declare c no scroll cursor for ${series}`),
    turn(parse('fetch 4 from c'), bind({ portal: 'f' }), execute('f', 1), execute('f', 2), execute('f', 2), sync()),
    ...each('fetch c', 'rollback'),
    ...each('begin', `declare c no scroll cursor for ${series}`),
    turn(parse('fetch 3 from c'), bind({ portal: 'f' }), execute('f', 1), closePortal('f'), sync()),
    ...each('fetch all c', 'rollback'),
  ],
  'DECLARE with parameters': [
    ...each('begin'),
    turn(
      extended('declare c cursor for select $1::int4 + $2::int4 as sum', { types: [23, 23], values: ['1', '2'] }),
      sync(),
    ),
    ...each('fetch all c', 'commit'),
  ],
  'a portal of Bind is a cursor': [
    ...each('begin'),
    turn(parse(series), bind({ portal: 'p' }), execute('p', 1), sync()),
    ...each('fetch 2 p', `declare p cursor for ${series}`, 'rollback'),
  ],
  'a portal of Bind that nobody has run is a cursor, too': [
    ...each('begin'),
    turn(parse(series), bind({ portal: 'p' }), sync()),
    ...each('fetch 2 p'),
    turn(execute('p', 1), sync()),
    ...each('move p', 'fetch all p', 'close p', 'rollback', 'begin'),
    turn(parse(series), bind({ portal: 'p', resultFormats: [1] }), sync()),
    ...each('move 3 in p', 'fetch p'),
    turn(execute('p'), sync()),
    ...each('rollback', 'begin'),
    turn(parse(series), bind({ portal: 'p' }), sync()),
    turn(parse('fetch 2 p', 'two'), describeStatement('two'), bind({ statement: 'two' }), execute(), sync()),
    ...each('rollback'),
  ],
  'portals of Bind that fetch from themselves, or from each other': [
    ...['fetch 1 from q', 'move 1 in q', 'move 0 in q', 'fetch all q'].flatMap((movement) => [
      ...each('begin'),
      turn(parse(movement), bind({ portal: 'q' }), describePortal('q'), execute('q'), sync()),
      ...each('rollback'),
    ]),
    ...each('begin'),
    turn(parse('fetch 1 from r', 'q'), bind({ statement: 'q', portal: 'q' }), sync()),
    turn(parse('fetch 1 from q', 'r'), bind({ statement: 'r', portal: 'r' }), sync()),
    turn(describePortal('q'), sync()),
    turn(describePortal('r'), sync()),
    turn(describeStatement('r'), sync()),
    ...each('rollback'),
  ],
  'LOCK TABLE': each(
    ...[
      'lock table pg_class',
      'begin',
      'lock table pg_class in access share mode',
      'lock pg_catalog.pg_class, only pg_type in row share mode nowait',
    ],
    ...['commit', 'lock pg_class in exclusive mode; select 1 as one'],
  ),
  'in a failed block': [
    ...each('begin', `declare c cursor for ${series}`, failure, 'fetch c', 'close c', 'rollback'),
    turn(query('fetch c')),
  ],
};

/** Cursors as portals of the extended protocol: what only those can do who have both. */
export const cursorPortalScripts: Scripts = {
  'binary cursors': [
    ...each('begin', `declare c binary cursor for ${series}`, 'fetch 2 c'),
    turn(describePortal('c'), sync()),
    turn(execute('c', 1), sync()),
    turn(extended('fetch 1 c'), sync()),
    ...each('fetch c', 'fetch c', 'fetch c', 'rollback'),
  ],
  'Execute and Describe of a cursor': [
    ...each('begin', `declare c cursor for ${series}`),
    turn(describePortal('c'), execute('c', 2), sync()),
    ...each('fetch c'),
    turn(execute('c', 0), execute('c', 0), sync()),
    ...each('fetch c', 'move c'),
    turn(closePortal('c'), sync()),
    ...each('fetch c', 'rollback'),
  ],
  'a prepared FETCH over another cursor of the name': [
    ...each('begin', `declare c cursor for ${series}`),
    turn(parse('fetch all from c', 'all'), bind({ statement: 'all' }), describePortal(), execute(), sync()),
    ...each('close c', 'declare c cursor for select 1 as one'),
    turn(bind({ statement: 'all' }), describePortal(), execute(), sync()),
    ...each('rollback'),
  ],
};
