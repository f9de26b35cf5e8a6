import { BaseConnection, type QueryCallback, type QueryContext, type QueryResult, tag } from '../../src/index.js';
import { bind, describePortal, describeStatement, execute, extended, flush, parse, query, sync } from '../frames.js';
import { cannedAnswer } from './canned-answers.js';
import { each, failure, type Scripts, turn, turnUntil } from './script.js';

const listen = turn(query('listen harbour'));
const notify = "notify harbour, 'ship'";

/** A session that listens and notifies itself. */
export const notificationScripts: Scripts = {
  'after the statement': [listen, ...each(notify, 'select 1 as one')],
  'after the block': [listen, ...each('begin', notify, 'select 1 as one', 'commit', 'select 1 as one')],
  'after several statements': [listen, turn(query(`select 1 as one; ${notify}; select 2 as two`))],
  'at Sync': [
    listen,
    turnUntil('CommandComplete', extended(notify), flush()),
    turnUntil('CommandComplete', extended('select 1 as one'), flush()),
    turn(sync()),
  ],
  'of two channels and without a payload': [listen, ...each('listen quay', 'notify quay', notify)],
  'not between Parse and Execute': [
    listen,
    turn(parse(notify), sync()),
    turnUntil('BindComplete', bind(), flush()),
    turn(execute(), sync()),
  ],
};

const name = 'x'.repeat(70);

/** LISTEN, UNLISTEN and NOTIFY as the session answers them. */
export const channelScripts: Scripts = {
  ...notificationScripts,
  'LISTEN and NOTIFY at the commit, in any order': each('begin', notify, 'listen harbour', 'commit', notify),
  'a rollback takes them back': each(
    ...[
      'begin',
      'listen harbour',
      'rollback',
      notify,
      'listen harbour',
      'begin',
      notify,
      'rollback',
      'begin',
      'unlisten *',
    ],
    ...['rollback', notify],
  ),
  'savepoints take them back': each(
    ...['begin', 'listen harbour', 'savepoint s', "notify harbour, 'lost'", 'listen quay', 'rollback to s'],
    ...["notify harbour, 'kept'", 'commit', 'notify quay'],
  ),
  'an error takes them back': each(
    'listen harbour',
    `${notify}; ${failure}`,
    'begin',
    notify,
    failure,
    'commit',
    notify,
  ),
  'the same twice is one': each(
    ...[
      'listen harbour',
      'begin',
      notify,
      notify,
      "notify harbour, 'other'",
      'savepoint s',
      notify,
      'release s',
      'commit',
    ],
    `${notify}; ${notify}`,
  ),
  UNLISTEN: each(
    'listen harbour',
    'listen quay',
    'unlisten harbour',
    notify,
    'notify quay',
    'unlisten *',
    'notify quay',
    'unlisten none',
  ),
  'DISCARD ALL hears nothing more': each('listen harbour', 'discard all', notify),
  'names are folded and quoted': each('listen "Harbour"', notify, `notify "Harbour", 'x'`, 'listen HARBOUR', notify),
  payloads: each(
    'listen harbour',
    "notify harbour, ''",
    "notify harbour, E'a\\nb'",
    "notify harbour, 'it''s'",
    'notify harbour, $$x$$',
  ),
  'payloads that are too long': each(
    'listen harbour',
    `notify harbour, '${'x'.repeat(8000)}'`,
    `notify harbour, '${'é'.repeat(4000)}'`,
  ),
  'names that are too long': each(`listen ${name}`, `notify ${name}, 'x'`, `unlisten ${name}`),
  'pg_notify, where it stands alone': each(
    'listen harbour',
    "select pg_notify('harbour', 'ship')",
    "SELECT pg_catalog.pg_notify('harbour'::text, E'a\\nb') AS said",
    "select pg_notify('Harbour', null)",
    "select pg_notify('', 'x')",
    "select pg_notify(null, 'x')",
    `select pg_notify('${name}', 'x')`,
    `select pg_notify('harbour', '${'x'.repeat(8000)}')`,
    "begin; select pg_notify('harbour', 'lost'); rollback",
  ),
  'pg_notify with parameters': [
    listen,
    turn(parse('select pg_notify($1, $2)'), describeStatement(), sync()),
    turn(bind({ values: ['harbour', 'ship'] }), describePortal(), execute(), sync()),
    turn(parse("select pg_notify('harbour', $1::text)"), bind({ values: [null] }), execute(), sync()),
  ],
  'in extended queries': [
    turn(extended('listen harbour'), sync()),
    turn(parse(notify), describeStatement(), sync()),
    turn(extended(notify), sync()),
    turn(extended('unlisten *'), sync()),
  ],
};

/** The canned answers, and a session that hears what it says. */
export class NotifyingAnswers extends BaseConnection {
  override handleQuery(sql: string, _callback: QueryCallback, context: QueryContext): QueryResult {
    const [, channel, payload] = /^notify (\w+)(?:, '(.*)')?$/.exec(sql) ?? [];
    if (channel === undefined) return sql.startsWith('listen') ? tag('LISTEN') : cannedAnswer(sql, context);
    this.session.notify(channel, payload ?? '');
    return tag('NOTIFY');
  }

  override handleTransaction(): void {}
}
