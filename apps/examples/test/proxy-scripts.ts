import { bind, execute, extended, parse, sync } from '../../../packages/server/test/frames.js';
import { each, type Scripts, turn } from '../../../packages/server/test/oracle-scripts/script.js';

// No temporary one: errors have the name of its schema, which every session has another of.
const deferred = each('create table once (n int4 unique deferrable initially deferred)');
const drop = each('drop table once');
const twice = 'insert into once values (1), (1)';

/** What only a real PostgreSQL does behind a server of ours. */
export const proxyScripts: Scripts = {
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
    ...drop,
  ],
};
