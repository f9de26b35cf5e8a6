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
import { failure, type Scripts, type Turn, turn, turnUntil } from './script.js';

const int4 = 23;

const again = (times: number, ...frames: readonly Uint8Array[]): readonly Turn[] =>
  Array.from({ length: times }, () => turn(Buffer.concat(frames)));

/** Statements: their names, lives, parameters and descriptions. */
export const extendedQueryScripts: Scripts = {
  'a query the way most drivers send it': [turn(extended('select 1 as one'), sync())],
  'a Sync alone': [turn(sync())],
  'the same portal again and again': [
    turn(parse('select n from generate_series(1, 5) as n', 'five'), parse(failure, 'failure'), sync()),
    ...again(3, bind({ statement: 'five' }), describePortal(), execute(), sync()),
    ...again(3, bind({ statement: 'five', resultFormats: [1] }), execute(), sync()),
    ...again(3, bind({ statement: 'failure' }), describePortal(), execute(), sync()),
    turn(query('begin')),
    ...again(3, bind({ statement: 'five' }), describePortal(), execute(), sync()),
    turn(query('commit')),
    turn(closeStatement('five'), parse('select 1 as one', 'five'), sync()),
    ...again(3, bind({ statement: 'five' }), describePortal(), execute(), sync()),
    turn(closeStatement('five'), sync()),
    ...again(2, bind({ statement: 'five' }), describePortal(), execute(), sync()),
  ],
  'a named statement lives across Syncs': [
    turn(parse('select 1 as one', 'first'), sync()),
    turn(bind({ statement: 'first' }), describePortal(), execute(), sync()),
    turn(bind({ statement: 'first' }), execute(), sync()),
  ],
  'a named statement cannot be made twice': [
    turn(parse('select 1 as one', 'first'), parse('select 2 as two', 'first'), sync()),
    turn(bind({ statement: 'first' }), execute(), sync()),
  ],
  'the unnamed statement is replaced': [
    turn(parse('select 1 as one'), parse('select 2 as two'), bind(), execute(), sync()),
  ],
  'a Parse that fails has dropped the unnamed statement': [
    turn(parse('select 1 as one'), sync()),
    turn(parse('select 1 as one; select 2 as two'), sync()),
    turn(bind(), execute(), sync()),
  ],
  'a closed statement is gone, its portals are not': [
    turn(
      parse('select 1 as one', 'first'),
      bind({ statement: 'first', portal: 'p' }),
      closeStatement('first'),
      execute('p'),
      bind({ statement: 'first' }),
      sync(),
    ),
  ],
  'closing what does not exist is no error': [turn(closeStatement('none'), closePortal('none'), sync())],
  'statements that do not exist': [
    turn(bind({ statement: 'none' }), sync()),
    turn(describeStatement('none'), sync()),
    turn(bind(), sync()),
    turn(describeStatement(), sync()),
  ],
  'several commands in one Parse': [turn(parse('select 1 as one; select 2 as two'), sync())],
  'trailing semicolons and comments are no second command': [
    turn(extended(' /* one */ select 1 as one; -- done\n;'), sync()),
  ],
  'an empty query': [
    turn(extended(''), sync()),
    turn(parse('-- nothing', 'empty'), describeStatement('empty'), sync()),
    turn(bind({ statement: 'empty' }), execute(), execute(), sync()),
  ],
  'Describe of a statement with declared parameters': [
    turn(parse('select $1::int4 + $2::int4 as sum', 'sum', [int4, int4]), describeStatement('sum'), sync()),
    turn(bind({ statement: 'sum', values: ['40', '2'] }), execute(), sync()),
  ],
  'Describe of a statement that returns no rows': [
    turn(query('create temporary table numbers (n int4)')),
    turn(parse('insert into numbers values ($1)', 'insert', [int4]), describeStatement('insert'), sync()),
    turn(bind({ statement: 'insert', values: ['1'] }), describePortal(), execute(), sync()),
  ],
  'Describe of a statement twice': [
    turn(parse('select 1 as one', 'first'), describeStatement('first'), describeStatement('first'), sync()),
  ],
  'parameters and results in binary': [
    turn(
      parse('select $1::int4 + $2::int4 as sum', '', [int4, int4]),
      bind({ parameterFormats: [1], values: [Buffer.of(0, 0, 0, 40), Buffer.of(0, 0, 0, 2)], resultFormats: [1] }),
      describePortal(),
      execute(),
      sync(),
    ),
  ],
  'a format for each parameter': [
    turn(
      parse('select $1::int4 + $2::int4 as sum', '', [int4, int4]),
      bind({ parameterFormats: [1, 0], values: [Buffer.of(0, 0, 0, 40), '2'], resultFormats: [0] }),
      execute(),
      sync(),
    ),
  ],
  'too few and too many parameters': [
    turn(parse('select $1::int4 + $2::int4 as sum', 'sum', [int4, int4]), sync()),
    turn(bind({ statement: 'sum', values: ['1'] }), execute(), sync()),
    turn(bind({ statement: 'sum', values: ['1', '2', '3'] }), sync()),
    turn(parse('select 1 as one'), bind({ values: ['1'] }), sync()),
  ],
  'a wrong number of result formats': [
    turn(parse('select 1 as one', 'first'), describeStatement('first'), sync()),
    turn(bind({ statement: 'first', resultFormats: [0, 1] }), execute(), sync()),
  ],
  'result formats of a statement that returns no rows are not looked at': [
    turn(query('create temporary table numbers (n int4)')),
    turn(parse('insert into numbers values (1)'), bind({ resultFormats: [0, 1, 1] }), execute(), sync()),
  ],
  'an error skips what follows up to its Sync, and that alone': [
    turn(parse('select 1 as one'), bind({ statement: 'none' }), execute(), query('select 2 as two'), flush(), sync()),
    turn(extended('select 2 as two'), sync()),
  ],
  'many Syncs in flight': [
    turn(
      ...[extended('select 1 as one'), sync(), bind({ statement: 'none' }), execute(), sync()],
      ...[extended('select 2 as two'), sync()],
    ),
    turn(),
    turn(),
  ],
  'Flush brings answers without a Sync': [
    turnUntil('ParseComplete', parse('select 1 as one'), flush()),
    turnUntil('BindComplete', bind(), flush()),
    turnUntil('RowDescription', describePortal(), flush()),
    turnUntil('CommandComplete', execute(), flush()),
    turn(sync()),
  ],
  'Flush brings an error without a Sync': [
    turnUntil('ErrorResponse', bind({ statement: 'none' }), flush()),
    turn(sync()),
  ],
  'an error while rows are sent': [
    turn(extended('select 6 / (n - 3) as quotient from generate_series(1, 5) as n'), sync()),
    turn(extended('select 1 as one'), sync()),
  ],
};
