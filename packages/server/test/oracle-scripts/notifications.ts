import { BaseConnection, type QueryCallback, type QueryContext, type QueryResult, tag } from '../../src/index.js';
import { bind, execute, extended, flush, parse, query, sync } from '../frames.js';
import { cannedAnswer } from './canned-answers.js';
import { each, type Scripts, turn, turnUntil } from './script.js';

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

/** The canned answers, and a session that hears what it says. */
export class NotifyingAnswers extends BaseConnection {
  override handleQuery(sql: string, _callback: QueryCallback, context: QueryContext): QueryResult {
    const [, channel, payload] = /^notify (\w+)(?:, '(.*)')?$/.exec(sql) ?? [];
    if (channel === undefined) return sql.startsWith('listen') ? tag('LISTEN') : cannedAnswer(sql, context);
    this.session.notify(channel, payload ?? '');
    return tag('NOTIFY');
  }
}
