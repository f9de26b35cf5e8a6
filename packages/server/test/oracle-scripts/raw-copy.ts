import { serialize } from 'pg-protocol';
import {
  BaseConnection,
  copyIn,
  copyOut,
  PgError,
  type QueryCallback,
  type QueryContext,
  type QueryResult,
} from '../../src/index.js';
import { bind, closePortal, describePortal, describeStatement, execute, parse, query, sync } from '../frames.js';
import { cannedAnswer } from './canned-answers.js';
import { copyScripts } from './copy.js';
import { failure, type Scripts, turn, turnUntil } from './script.js';

const few = 'select n from generate_series(1, 5) as n';
const numbers = turn(query('create temporary table numbers (n int4)'));
const line = (text: string): Uint8Array => serialize.copyData(Buffer.from(text));

const checkedByTheServer = ['out with options that do not go together', 'in as CSV whose header matches'];

/** COPY whose data the handler itself sends and takes: what it does for a server that reads them, and some more. */
export const rawCopyScripts: Scripts = {
  ...Object.fromEntries(Object.entries(copyScripts).filter(([name]) => !checkedByTheServer.includes(name))),
  'out, described as a statement and as a portal, and run twice': [
    turn(parse(`copy (${few}) to stdout`, 's'), describeStatement('s'), sync()),
    turn(bind({ statement: 's' }), describePortal(), execute(), execute(), sync()),
  ],
  'out, with a limit that does not hold': [turn(parse(`copy (${few}) to stdout`), bind(), execute('', 2), sync())],
  'out, closed before it runs': [turn(parse(`copy (${few}) to stdout`), bind(), closePortal(), sync())],
  'out in a pipeline, with an error in the middle': [
    turn(
      ...[parse(`copy (${few}) to stdout`), bind(), execute()],
      ...[parse(`copy (${failure}) to stdout`), bind(), execute()],
      ...[parse('select 1 as one'), bind(), execute(), sync()],
    ),
  ],
  'in with a condition': [
    numbers,
    turnUntil('CopyInResponse', query('copy numbers (n) from stdin where n > 1')),
    turn(line('1\n2\n'), serialize.copyDone()),
  ],
  'in, given up by the client, in an extended query': [
    numbers,
    turnUntil('CopyInResponse', parse('copy numbers (n) from stdin'), bind(), execute()),
    turn(line('1\n'), serialize.copyFail('changed my mind'), sync()),
    turn(query('select 1 as one')),
  ],
  'in, in a block that an error ends': [
    numbers,
    turn(query('begin')),
    turnUntil('CopyInResponse', query('copy numbers (n) from stdin')),
    turn(line('x\n'), serialize.copyDone()),
    turn(query('select 1 as one')),
    turn(query('rollback')),
  ],
};

const int32 = (...values: readonly number[]): Uint8Array => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) bytes.writeInt32BE(value, at * 4);
  return bytes;
};
const lines = (...values: readonly (string | number)[]): readonly Uint8Array[] =>
  values.map((value) => Buffer.from(`${value}\n`));
const binaryHeader = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), int32(0, 0)]);
const binaryRows = [1, 2, 3, 4, 5].map((n) => Buffer.concat([Buffer.of(0, 1), int32(4, n)]));

function* quotients(): Generator<Uint8Array> {
  yield* lines(-3, -6);
  throw new PgError({ sqlstate: '22012', message: 'division by zero' });
}

/** What PostgreSQL's COPY makes of the data of the scripts. */
async function takeNumbers(data: AsyncIterable<Uint8Array>, accepts: (n: number) => boolean): Promise<number> {
  let text = '';
  let rows = 0;
  let at = 0;
  try {
    for await (const piece of data) {
      text += Buffer.from(piece).toString();
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
        at += 1;
        rows += accepts(readNumber(text.slice(0, end), at)) ? 1 : 0;
        text = text.slice(end + 1);
      }
    }
  } catch (error) {
    // The client gave up, or broke the protocol.
    if (!(error instanceof PgError) || (error.sqlstate !== '57014' && error.severity !== 'FATAL')) throw error;
    const { message: reason } = error.cause instanceof Error ? error.cause : error;
    throw new PgError({
      sqlstate: '57014',
      message: `COPY from stdin failed: ${reason}`,
      where: `COPY numbers, line ${at + 1}`,
    });
  }
  return rows;
}

function readNumber(row: string, at: number): number {
  if (row.includes('\t')) {
    const where = `COPY numbers, line ${at}: "${row}"`;
    throw new PgError({ sqlstate: '22P04', message: 'extra data after last expected column', where });
  }
  if (/^\d+$/.test(row)) return Number(row);
  throw new PgError({
    sqlstate: '22P02',
    message: `invalid input syntax for type integer: "${row}"`,
    where: `COPY numbers, line ${at}, column n: "${row}"`,
  });
}

/** The canned answers, and COPY data that are made and read by the handler. */
export class RawCopyAnswers extends BaseConnection {
  override handleQuery(sql: string, _callback: QueryCallback, context: QueryContext): QueryResult {
    if (!sql.startsWith('copy')) return cannedAnswer(sql, context);
    if (sql.startsWith('copy numbers')) {
      const accepts = (n: number): boolean => !sql.endsWith('where n > 1') || n > 1;
      return copyIn({ format: 'text', columns: 1, receive: (data) => takeNumbers(data, accepts) });
    }
    if (sql.includes(failure)) return copyOut({ format: 'text', columns: 1, data: quotients() });
    if (sql.includes('format binary')) {
      const [first = Buffer.alloc(0), ...others] = binaryRows;
      const data = [Buffer.concat([binaryHeader, first]), ...others, Buffer.of(0xff, 0xff)];
      return copyOut({ format: 'binary', columns: 1, data, tag: (count) => `COPY ${count - 1}` });
    }
    if (sql.includes('csv')) {
      return copyOut({ format: 'text', columns: 1, data: lines('n', 1, 2, 3, 4, 5), tag: 'COPY 5' });
    }
    return copyOut({ format: 'text', columns: 1, data: lines(1, 2, 3, 4, 5) });
  }
}
