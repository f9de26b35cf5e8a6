import {
  bind,
  closePortal,
  closeStatement,
  describePortal,
  describeStatement,
  execute,
  extended,
  flush,
  parse,
  query,
  sync,
} from '../frames.js';
import { days } from './canned-answers.js';
import { each, type Scripts, turn, turnUntil } from './script.js';

const series = parse('select n from generate_series(1, 5) as n', 'series');
const long = 'long'.repeat(15).concat('bye');
const umlauts = 'ä'.repeat(40);
const one = parse('select 1 as one', 'one');

/** Portals: row limits, lives and ends. */
export const portalScripts: Scripts = {
  'a row limit suspends, and Execute goes on': [
    turn(
      series,
      bind({ statement: 'series' }),
      describePortal(),
      execute('', 2),
      execute('', 2),
      execute('', 2),
      sync(),
    ),
  ],
  'a row limit that is just the number of rows suspends, too': [
    turn(series, bind({ statement: 'series' }), execute('', 5), execute('', 5), execute('', 5), sync()),
  ],
  'a row limit beyond the rows': [turn(series, bind({ statement: 'series' }), execute('', 6), execute('', 6), sync())],
  'a negative row limit is none': [turn(series, bind({ statement: 'series' }), execute('', -1), sync())],
  'a limited empty result': [
    turn(parse('select n from generate_series(1, 0) as n'), bind(), describePortal(), execute('', 1), sync()),
  ],
  'rows without columns': [
    turn(extended('select from generate_series(1, 3)'), sync()),
    turn(query('select from generate_series(1, 3)')),
  ],
  'a setting that is changed holds for the rows that follow, of an open portal too': [
    turn(
      parse(days, 'days'),
      bind({ statement: 'days', portal: 'p' }),
      ...[execute('p', 1), extended('set datestyle to german'), execute('p', 1)],
      ...[extended("set application_name to 'other'"), execute('p', 1), extended('reset datestyle'), execute('p')],
      sync(),
    ),
  ],
  'a setting that is changed holds for the rows that a cursor gives from then on': [
    turn(query('begin')),
    turn(query(`declare c cursor for ${days}`)),
    turn(query('fetch c')),
    turn(query('set local datestyle to sql, dmy')),
    turn(query('fetch c')),
    turn(query('reset datestyle')),
    turn(query('fetch 2 from c')),
    turn(query('rollback')),
  ],
  'interleaved portals': [
    turn(
      ...[series, bind({ statement: 'series', portal: 'a' }), bind({ statement: 'series', portal: 'b' })],
      ...[execute('a', 2), execute('b', 3), execute('a', 2), execute('b'), execute('a'), sync()],
    ),
  ],
  'portals that do not exist': [
    turn(execute('none'), sync()),
    turn(describePortal('none'), sync()),
    turn(execute(), sync()),
  ],
  'a portal cannot be made twice': [
    turn(one, bind({ statement: 'one', portal: 'p' }), bind({ statement: 'one', portal: 'p' }), sync()),
  ],
  'a portal that closes all others stays': [
    turn(query('begin')),
    turn(one, bind({ statement: 'one', portal: 'p' }), bind({ statement: 'one' }), sync()),
    turn(
      parse('close all', 'close'),
      bind({ statement: 'close', portal: 'c' }),
      execute('c'),
      describePortal('c'),
      sync(),
    ),
    turn(describePortal('p'), sync()),
    ...each('rollback', 'begin'),
    turn(bind({ statement: 'close', portal: 'c' }), execute('c'), execute('c'), sync()),
    ...each('rollback', 'begin'),
    turn(bind({ statement: 'close' }), execute(), execute(), sync()),
    ...each('rollback'),
  ],
  'a portal cannot close itself': [
    turn(query('begin')),
    turn(parse('close p'), bind({ portal: 'p' }), execute('p'), sync()),
    ...each('rollback'),
  ],
  'names are as long as 63 bytes': [
    turn(parse('select 1 as one', long), parse('select $1 as n', `${long}more`), sync()),
    turn(describeStatement(`${long}more`), bind({ statement: long.slice(1) }), sync()),
    turn(bind({ statement: `${long}more`, values: ['1'] }), sync()),
    turn(closeStatement(`${long}other`), bind({ statement: long }), sync()),
    turn(parse('select 1 as one', umlauts), bind({ statement: `${umlauts.slice(0, 31)}éä` }), execute(), sync()),
    ...each('begin'),
    turn(series, bind({ statement: 'series', portal: `${long}more` }), describePortal(long), execute(long, 1), sync()),
    turn(describePortal(`${long}more`), execute(`${long}more`, 1), execute(`${long}other`, 1), sync()),
    ...each(`fetch ${long}`),
    turn(parse('rollback'), bind({ portal: `${long}more` }), sync()),
    ...each('rollback', 'begin'),
    turn(bind({ statement: 'series', portal: `${long}more` }), closePortal(long), execute(`${long}more`), sync()),
    ...each('rollback'),
    turn(parse('create temporary table numbers (n int4)'), bind({ portal: `${long}more` }), sync()),
    turn(
      parse('create temporary table numbers (n int4)'),
      bind({ portal: `${long}more` }),
      ...[execute(`${long}more`), execute(`${long}more`), sync()],
    ),
  ],
  'the unnamed portal is replaced': [
    turn(series, one, bind({ statement: 'series' }), execute('', 1), bind({ statement: 'one' }), execute(), sync()),
  ],
  'a closed portal is gone': [
    turn(series, bind({ statement: 'series', portal: 'p' }), execute('p', 1), closePortal('p'), execute('p'), sync()),
    turn(
      bind({ statement: 'series', portal: 'p' }),
      closePortal('p'),
      bind({ statement: 'series', portal: 'p' }),
      sync(),
    ),
  ],
  'outside a transaction a portal ends with its Sync': [
    turn(series, bind({ statement: 'series', portal: 'p' }), execute('p', 1), sync()),
    turn(execute('p', 1), sync()),
  ],
  'in a transaction a portal lives across Syncs, and ends with it': [
    turn(query('begin')),
    turn(series, bind({ statement: 'series', portal: 'p' }), execute('p', 1), sync()),
    turn(execute('p', 2), sync()),
    turn(bind({ statement: 'series' }), execute('', 1), sync()),
    turn(execute('', 1), sync()),
    turn(query('commit')),
    turn(execute('p'), sync()),
  ],
  'a simple Query ends the unnamed statement and portal': [
    turn(query('begin')),
    turn(parse('select 1 as one'), bind(), bind({ portal: 'p' }), sync()),
    turn(query('select 2 as two')),
    turn(execute('p'), sync()),
    turn(execute(), sync()),
    turn(query('rollback')),
    turn(bind(), sync()),
  ],
  'a Query that runs nothing leaves the unnamed portal': [
    turn(query('begin')),
    turn(parse('select 1 as one'), bind(), sync()),
    turn(query('')),
    turn(execute(), sync()),
    turn(parse('select 2 as two'), bind(), sync()),
    turn(query(' -- nothing; \n;')),
    turn(execute(), sync()),
    turn(bind({ statement: 'none' }), sync()),
    turn(query('select 1 as one')),
    turn(execute(), sync()),
    turn(query('select 1 as one; rollback')),
    turn(execute(), sync()),
    turn(query('rollback')),
    turn(execute(), sync()),
  ],
  'a simple Query behind an Execute without Sync is in its implicit transaction': [
    turnUntil('PortalSuspended', series, bind({ statement: 'series', portal: 'p' }), execute('p', 1), flush()),
    turn(query('select 1 as one')),
    turn(execute('p'), sync()),
  ],
  'Execute of what is done': [
    turn(query('create temporary table numbers (n int4)')),
    turn(one, bind({ statement: 'one' }), execute(), execute(), execute(), sync()),
    turn(parse('insert into numbers values (1)'), bind({ portal: 'p' }), execute('p'), execute('p'), sync()),
  ],
  'Describe of a portal before, between and after its rows': [
    turn(
      ...[series, bind({ statement: 'series', resultFormats: [1] }), describePortal(), describePortal()],
      ...[execute('', 3), describePortal(), execute(), describePortal(), sync()],
    ),
  ],
  'an error in one portal ends the others': [
    turn(series, bind({ statement: 'series', portal: 'p' }), execute('p', 1), bind({ statement: 'none' }), sync()),
    turn(execute('p'), sync()),
  ],
  'ROLLBACK TO ends the portals made since the savepoint': [
    turn(query('begin')),
    turn(series, bind({ statement: 'series', portal: 'before' }), execute('before', 1), sync()),
    turn(query('savepoint a')),
    turn(bind({ statement: 'series', portal: 'after' }), execute('after', 1), sync()),
    turn(query('rollback to a')),
    turn(execute('before', 1), sync()),
    turn(execute('after', 1), sync()),
    turn(query('rollback')),
  ],
  'RELEASE keeps the portals made since the savepoint': [
    turn(query('begin')),
    turn(query('savepoint a')),
    turn(series, bind({ statement: 'series', portal: 'p' }), execute('p', 1), sync()),
    turn(query('release a')),
    turn(execute('p', 1), sync()),
    turn(query('savepoint b')),
    turn(query('rollback to b')),
    turn(execute('p', 1), sync()),
    turn(query('commit')),
  ],
  'a portal that failed cannot be run after ROLLBACK TO': [
    turn(query('begin')),
    turn(
      parse('select 6 / (n - 3) as quotient from generate_series(1, 5) as n'),
      bind({ portal: 'p' }),
      execute('p', 1),
      sync(),
    ),
    turn(query('savepoint a')),
    turn(execute('p'), sync()),
    turn(query('rollback to a')),
    turn(execute('p'), sync()),
    turn(query('rollback')),
  ],
};
