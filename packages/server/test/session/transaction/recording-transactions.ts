import { PgError, type TransactionCommand, tag } from '../../../src/index.js';
import { answering, Conversation } from '../../conversation.js';

/** What the user's object was asked, in order: statements by their text, transaction commands with what was parsed. */
export function recording(log: string[], fail: (kind: string) => boolean = () => false) {
  return class extends answering((sql) => {
    log.push(sql);
    if (sql === 'fail') throw new PgError({ sqlstate: '22012', message: 'division by zero' });
    return tag(sql.toUpperCase());
  }) {
    override handleTransaction({ kind, implicit, sql, ...rest }: TransactionCommand): void {
      log.push([implicit ? `(${kind})` : kind, `[${sql}]`, JSON.stringify(rest)].join(' '));
      if (fail(kind)) throw new PgError({ sqlstate: '40001', message: `${kind} failed` });
    }
  };
}

export const begin = '(begin) [BEGIN] {}';
export const commit = '(commit) [COMMIT] {"chain":false}';
export const rollback = '(rollback) [ROLLBACK] {"chain":false}';

export async function play(
  log: string[],
  frames: readonly (readonly Uint8Array[])[],
  fail?: (kind: string) => boolean,
): Promise<string> {
  await using client = new Conversation(recording(log, fail));
  await client.start();
  let trace = '';
  for (const turn of frames) trace += await client.ask(...turn);
  return trace;
}

export const statusesOf = (trace: string): string =>
  [...trace.matchAll(/ReadyForQuery\t (\w)/g)].map(([, status]) => status).join('');
