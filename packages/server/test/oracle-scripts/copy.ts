import { Field, Int32, Schema } from 'apache-arrow';
import { serialize } from 'pg-protocol';
import {
  BaseConnection,
  type CopyTarget,
  type QueryCallback,
  type QueryContext,
  type QueryResult,
  type StatementDescription,
} from '../../src/index.js';
import { extended, query, sync } from '../frames.js';
import { cannedAnswer } from './canned-answers.js';
import { each, failure, type Scripts, turn, turnUntil } from './script.js';

const data = (text: string): Uint8Array => serialize.copyData(Buffer.from(text));
const done = (): Uint8Array => serialize.copyDone();
const numbers = turn(query('create temporary table numbers (n int4)'));
const few = 'select n from generate_series(1, 5) as n';
const into = (options = ''): ReturnType<typeof turnUntil> =>
  turnUntil('CopyInResponse', query(`copy numbers (n) from stdin${options}`));

/** COPY over the connection that no PostgreSQL reads. */
const unreadable = [
  'copy numbers from stdin (format csv',
  '/* É */ copy numbers (n) from stdin (format csv header)',
  'copy numbers to stdout (format csv,)',
  'copy numbers from stdin ()',
  'copy numbers from stdin (force_null (n)',
  'copy numbers from stdin (force_null ())',
  "copy numbers from stdin (delimiter 'a' 'b')",
  'copy numbers (n from stdin',
  'copy numbers (n,) from stdin',
  'copy numbers () from stdin',
  'copy numbers from stdin csv header twice',
  'copy numbers from stdin delimiter',
  'copy numbers from stdin null as 1',
  'copy numbers to stdout csv force',
  'copy numbers to stdout csv force quote',
  'copy numbers to stdout csv force not n',
  'copy numbers to stdout csv force null n,',
  'copy numbers from stdin using delimiters',
  'copy numbers to stdout "format" csv',
  'copy binary (select 1 as one) to stdout',
  'copy (select 1 as one) from stdin',
] as const;

/** COPY over the connection. */
export const copyScripts: Scripts = {
  'out as text': [turn(query(`copy (${few}) to stdout`))],
  'out as CSV with a header': [turn(query(`copy (${few}) to stdout with (format csv, header)`))],
  'out in binary': [turn(query(`copy (${few}) to stdout (format binary)`))],
  'out among other statements': [turn(query(`select 1 as one; copy (${few}) to stdout; select 2 as two`))],
  'out, with an error in the middle': [turn(query(`copy (${failure}) to stdout`)), turn(query('select 1 as one'))],
  'out by an extended query': [turn(extended(`copy (${few}) to stdout`), sync())],
  'out with options that do not go together': [
    turn(query(`copy (${few}) to stdout (format binary, delimiter ',')`)),
    turn(query(`copy (${few}) to stdout (force_quote *)`)),
    turn(query(`copy (${few}) to stdout (format rows)`)),
  ],
  'in as text, in pieces': [numbers, into(), turn(data('1\n2'), data('\n3\n'), done()), turn(query('select 1 as one'))],
  'in as CSV whose header matches': [numbers, into(' (format csv, header match)'), turn(data('n\n"1"\n'), done())],
  'in, given up by the client': [
    numbers,
    into(),
    turn(data('1\n'), serialize.copyFail('changed my mind')),
    turn(sync()),
  ],
  'in, of what is no number': [numbers, into(), turn(data('1\nx\n'), done()), turn(query('select 1 as one'))],
  'in, of too many columns': [numbers, into(), turn(data('1\t2\n'), done()), turn(query('select 1 as one'))],
  'in among other statements': [
    numbers,
    turnUntil('CopyInResponse', query('select 1 as one; copy numbers (n) from stdin; select 2 as two')),
    turn(data('1\n'), done()),
  ],
  'in by an extended query, with a Sync that came too early': [
    numbers,
    turnUntil('CopyInResponse', extended('copy numbers (n) from stdin'), sync()),
    turn(data('1\n'), done(), sync()),
  ],
  'in by an extended query, of what is no number': [
    numbers,
    turnUntil('CopyInResponse', extended('copy numbers (n) from stdin')),
    turn(data('x\n'), done(), sync()),
    turn(query('select 1 as one')),
  ],
  'in, with other messages directly behind data that are refused': [
    numbers,
    turnUntil('CopyInResponse', extended('copy numbers (n) from stdin')),
    turn(data('x\n'), extended('select 1 as one'), data('1\n'), done(), sync()),
    turn(query('select 2 as two')),
    turnUntil('CopyInResponse', query('copy numbers (n) from stdin')),
    turn(data('x\n'), query('select 1 as one')),
    turn(query('select 2 as two')),
  ],
  'data that nobody asked for': [turn(data('1\n'), done(), query('select 1 as one'))],
};

/** What the server itself reads out of COPY's options and data. */
export const copyOptionScripts: Scripts = {
  'in, without the rows that cannot be read, each of which is told': [
    numbers,
    into(' (on_error ignore, log_verbosity verbose)'),
    turn(data(`x\n2\n99999999999\n${'long '.repeat(40)}\n`), done()),
    into(' (on_error ignore, log_verbosity silent)'),
    turn(data('x\n2\n'), done()),
    into(' (format csv, on_error ignore, log_verbosity verbose, reject_limit 1)'),
    turn(data('"x"\n2\ny\n'), done()),
  ],
  'in, with something behind the end marker': [
    numbers,
    ...['1\n\\.x\n', '1\n\\.\0\n', '1\n\\.\0', '1\r\n\\.\r\0\n', '1\r\n\\.x\0\n', '1\n\\.xy\0', '1\n\\.\n\0\n'].flatMap(
      (text) => [into(''), turn(data(text), done())],
    ),
  ],
  'in, with options of columns that the table does not have': [
    numbers,
    turn(query('copy numbers from stdin (format csv, force_null (nobody))')),
    turn(query('copy numbers from stdin (format csv, force_not_null (nobody, nobody))')),
  ],
  'out, with options of columns that there are not': [
    numbers,
    turn(query('copy numbers to stdout (format csv, force_quote (nobody))')),
    turn(query('copy numbers (n) to stdout (format csv, force_quote (n, n))')),
    turn(query(`copy (${few}) to stdout (format csv, force_quote (nobody))`)),
    turn(query(`copy (${few}) to stdout (format csv, force_quote (n, n))`)),
  ],
  'of a column that is named twice': [
    numbers,
    ...each('copy numbers (n, n) from stdin', 'copy numbers (n, "n") to stdout', 'begin'),
    turn(extended('copy numbers (n, n) from stdin'), sync()),
    ...each('rollback'),
  ],
  'what is no COPY': [
    numbers,
    ...each(...unreadable),
    ...unreadable.slice(0, 3).map((sql) => turn(extended(sql), sync())),
    ...each('begin', failure, unreadable[0], 'rollback'),
  ],
  'in, with a delimiter as it was told once': [
    numbers,
    into(" delimiters ','"),
    turn(data('1\n'), done()),
    into(" using delimiters ';'"),
    turn(data('1;\n'), done()),
  ],
};

/** The canned answers, and a table that takes the rows of the scripts. */
export class CopyAnswers extends BaseConnection {
  override handleQuery(sql: string, _callback: QueryCallback, context: QueryContext): QueryResult {
    return cannedAnswer(sql, context);
  }

  override async handleDescribe(): Promise<StatementDescription> {
    return { parameterTypes: [], schema: new Schema([new Field('n', new Int32(), true)]) };
  }

  override async handleCopyIn(
    _target: CopyTarget,
    { batches }: { readonly batches: AsyncIterable<{ readonly numRows: number }> },
  ): Promise<number> {
    let rows = 0;
    for await (const batch of batches) rows += batch.numRows;
    return rows;
  }
}

/** The same by a handler that does not mind what its batches throw. */
export class CatchingCopyAnswers extends CopyAnswers {
  override async handleCopyIn(...given: Parameters<CopyAnswers['handleCopyIn']>): Promise<number> {
    try {
      return await super.handleCopyIn(...given);
    } catch {
      return 5;
    }
  }
}
