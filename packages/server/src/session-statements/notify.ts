import { PgError, sqlstate } from '@riffq/wire';
import { longestPayload } from '../notifications.js';
import type { Outcome } from '../results/normalise.js';
import type { ClientSession } from '../session/client-session.js';
import { WordReader } from '../sql/word-reader.js';
import { stringValue } from '../sql/words.js';

/** LISTEN channel; undefined when it is nothing that PostgreSQL would understand. */
export function listen(session: ClientSession, sql: string): Outcome | undefined {
  const words = WordReader.behindKeyword(sql, session.tell);
  const channel = words.takeShortName();
  if (channel === undefined || !words.done) return undefined;
  session.channels.add({ kind: 'listen', channel });
  return { kind: 'tag', tag: 'LISTEN' };
}

/** UNLISTEN channel and UNLISTEN *; undefined when it is nothing that PostgreSQL would understand. */
export function unlisten(session: ClientSession, sql: string): Outcome | undefined {
  const words = WordReader.behindKeyword(sql, session.tell);
  const channel = words.takeSymbol('*') ? '*' : words.takeShortName();
  if (channel === undefined || !words.done) return undefined;
  session.channels.add(channel === '*' ? { kind: 'unlistenAll' } : { kind: 'unlisten', channel });
  return { kind: 'tag', tag: 'UNLISTEN' };
}

/** NOTIFY channel, 'payload'; undefined when it is nothing that PostgreSQL would understand. */
export function notify(session: ClientSession, sql: string): Outcome | undefined {
  const words = WordReader.behindKeyword(sql, session.tell);
  const channel = words.takeShortName();
  if (channel === undefined) return undefined;
  let payload = '';
  if (words.takeSymbol(',')) {
    const word = words.skip();
    if (word?.kind !== 'string') return undefined;
    payload = stringValue(word.text);
  }
  if (!words.done) return undefined;
  if (Buffer.byteLength(payload) > longestPayload) {
    throw new PgError({ sqlstate: sqlstate.invalid_parameter_value, message: 'payload string too long' });
  }
  session.channels.add({ kind: 'notify', channel, payload });
  return { kind: 'tag', tag: 'NOTIFY' };
}
