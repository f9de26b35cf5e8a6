import {
  bind,
  describePortal,
  describeStatement,
  execute,
  extended,
  parse,
  query,
  sync,
} from '../../../packages/server/test/frames.js';
import { each, type Scripts, type Turn, turn } from '../../../packages/server/test/oracle-scripts/script.js';

const table = each('create temporary table changed (n int4, v text)');
const count = each('select count(*) from changed');
const notes = each(
  "insert into changed values (0, 'none')",
  'create temporary table notes (n int4)',
  `create function pg_temp.note(n int4) returns int4 language sql
     as $$ insert into notes values (n) returning n $$`,
);
const described = (sql: string): Turn => turn(parse(sql, 's'), describeStatement('s'), sync());

const writes: Readonly<Record<string, string>> = {
  'an INSERT with RETURNING': "insert into changed values (1, 'a') returning *",
  'a WITH that writes': "with x as (insert into changed values (1, 'a') returning *) select * from x",
  'a function that writes': 'select pg_temp.note(n), changed.* from changed where n = 0',
};

/** Statements over tables that change behind their back. */
export const changedTableScripts: Scripts = {
  ...Object.fromEntries(
    Object.entries(writes).map(([name, sql]) => [
      `${name} is not run when its columns have changed`,
      [
        ...table,
        ...notes,
        described(sql),
        ...each('alter table changed add m int4'),
        ...count,
        turn(bind({ statement: 's' }), execute(), sync()),
        turn(bind({ statement: 's' }), execute(), sync()),
        turn(bind({ statement: 's', resultFormats: [0, 0, 0, 0, 0] }), describePortal(), execute(), sync()),
        turn(bind({ statement: 's' }), execute('', 1), extended('select 1 as one'), sync()),
        turn(describeStatement('s'), sync()),
        ...count,
        ...each('select * from notes', 'begin'),
        turn(bind({ statement: 's' }), execute(), sync()),
        ...each('rollback', 'alter table changed drop m'),
        ...[1, 2].map(() => turn(bind({ statement: 's' }), execute(), sync())),
        turn(bind({ statement: 's', resultFormats: [1] }), describePortal(), execute('', 1), sync()),
        ...count,
        ...each('select * from notes'),
      ],
    ]),
  ),
  'a write with a parameter is not run when its columns have changed': [
    ...table,
    described("insert into changed values ($1, 'a') returning *"),
    turn(bind({ statement: 's', values: ['1'] }), execute(), sync()),
    ...each('alter table changed add m int4'),
    turn(bind({ statement: 's', values: ['2'] }), execute(), sync()),
    turn(bind({ statement: 's', values: ['x'] }), execute(), sync()),
    turn(bind({ statement: 's', values: [] }), execute(), sync()),
    turn(bind({ statement: 's', values: ['2'], resultFormats: [1, 1, 1, 1] }), execute(), sync()),
    ...each('drop table changed'),
    turn(bind({ statement: 's', values: ['2'] }), execute(), sync()),
    ...table,
    turn(bind({ statement: 's', values: ['2'] }), execute(), sync()),
    ...count,
  ],
  'a write that was described by its portal is not run when its columns have changed': [
    ...table,
    turn(parse("insert into changed values (1, 'a') returning *", 's'), sync()),
    turn(bind({ statement: 's' }), describePortal(), execute(), sync()),
    turn(bind({ statement: 's' }), describePortal(), execute(), sync()),
    ...each('alter table changed alter n type int8'),
    turn(bind({ statement: 's' }), describePortal(), execute(), sync()),
    ...count,
  ],
  'what an EXECUTE or a FETCH is shows when it runs': [
    ...each("prepare p as select 1 as one, 'a' as two", 'begin', 'declare c cursor for select 1 as one'),
    turn(parse('execute p', 's'), describeStatement('s'), sync()),
    turn(parse('fetch c', 'f'), describeStatement('f'), sync()),
    turn(bind({ statement: 's' }), execute(), bind({ statement: 'f' }), execute(), sync()),
    ...each('close c', 'deallocate p'),
    turn(bind({ statement: 'f' }), execute(), sync()),
    ...each('rollback'),
    turn(bind({ statement: 's' }), execute(), sync()),
  ],
  'a write of a pipeline sees what has been done before it': [
    ...table,
    described("insert into changed values (1, 'a') returning *"),
    turn(extended('alter table changed add m int4'), bind({ statement: 's' }), execute(), sync()),
    ...count,
    turn(bind({ statement: 's' }), execute(), sync()),
    ...each('begin', 'alter table changed add m int4'),
    turn(bind({ statement: 's' }), execute(), sync()),
    ...each('rollback'),
    turn(bind({ statement: 's' }), execute(), sync()),
    ...count,
  ],
};

const two = { statement: 's', resultFormats: [1, 0] };

/** PostgreSQL tells these at Bind; who looks at the answer tells them at Execute. */
export const changedQueryScripts: Scripts = Object.fromEntries(
  ['add m int4', 'drop v', 'alter n type int8'].map((change) => [
    `a query is refused after ALTER TABLE ... ${change}, whatever formats it is asked for`,
    [
      ...table,
      ...each("insert into changed values (1, 'a'), (2, 'b')"),
      described('select * from changed where n = $1'),
      turn(parse('select * from changed', 'all'), describeStatement('all'), sync()),
      turn(bind({ ...two, values: ['1'] }), execute(), sync()),
      turn(query(`alter table changed ${change}`)),
      ...[[], [1], [1, 0]].flatMap((resultFormats) => [
        turn(bind({ ...two, values: ['1'], resultFormats }), execute(), sync()),
        turn(bind({ ...two, values: ['1'], resultFormats }), execute('', 1), sync()),
        turn(bind({ ...two, values: ['1'], resultFormats }), describePortal(), execute(), sync()),
        ...[1, 2, 3].map(() => turn(bind({ statement: 'all', resultFormats }), execute(), sync())),
      ]),
      turn(parse('select * from changed', 'new'), describeStatement('new'), sync()),
      turn(bind({ statement: 'new' }), describePortal(), execute(), sync()),
    ],
  ]),
);
