import { extended, parse, query, sync } from '../frames.js';
import { each, failure, type Scripts, turn } from './script.js';

/** Query messages. */
export const simpleQueryScripts: Scripts = {
  'one statement': [turn(query('select 1 as one'))],
  'the same again and again': [
    ...each('select 1 as one', 'select 1 as one', 'select 1 as one', failure, failure, failure),
    ...each('begin', 'select 1 as one', 'select 1 as one', failure, 'select 1 as one', 'select 1 as one', 'rollback'),
  ],
  'a result without rows has columns': [turn(query('select n from generate_series(1, 0) as n'))],
  commands: [
    turn(query('create temporary table numbers (n int4)')),
    turn(query('insert into numbers values (1)')),
    turn(query('update numbers set n = n + 1')),
    turn(query('drop table numbers')),
  ],
  'empty queries': [turn(query('')), turn(query(' ;; -- nothing\n ; /* nor /* here */ */'))],
  'a comment ends at any end of a line': [
    ...each(
      'select 1 as one -- x\r; select 2 as two',
      '-- x\rselect 1 as one',
      'select 1 as one; -- x\rselect 2 as two',
    ),
    ...each('-- x\f\vselect 1 as one', '\v\f\t\r\n select 1 as one \v\f\t\r\n ; \v select 2 as two'),
    turn(parse('select 1 as one -- x\r; select 2 as two'), sync()),
    turn(extended('-- x\rselect 1 as one'), sync()),
  ],
  'an error ends the statements behind it': [
    turn(query(`select 1 as one; ${failure}; select 2 as two`)),
    turn(query('select 2 as two')),
  ],
  'several Queries at once': [turn(query('select 1 as one'), query(failure), query('select 2 as two')), turn(), turn()],
  'between extended queries': [
    turn(extended('select 1 as one'), query('select 2 as two')),
    turn(extended('select 1 as one'), sync(), query('select 2 as two')),
    turn(),
  ],
};
