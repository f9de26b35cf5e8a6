import { DateDay, Field, makeData, RecordBatch, Schema, Struct, tableFromArrays } from 'apache-arrow';
import { type ConnectionClass, PgError, type QueryContext, type QueryResult, tag } from '../../src/index.js';
import { answering } from '../conversation.js';

type Answer = QueryResult | ((context: QueryContext) => QueryResult);

const divisionByZero = new PgError({ sqlstate: '22012', message: 'division by zero' });

const integers = (name: string, ...values: readonly number[]): QueryResult =>
  tableFromArrays({ [name]: Int32Array.from(values) });

/** Rows up to the one that cannot be computed. */
function* quotients(): Generator<RecordBatch> {
  const [batch] = tableFromArrays({ quotient: Int32Array.of(-3, -6) }).batches;
  if (batch !== undefined) yield batch;
  throw divisionByZero;
}

/** July 3rd, 2024, and the days behind it. */
export const days = "select date '2024-07-03' + n as day from generate_series(0, 3) as n";

function daysOf(count: number): QueryResult {
  const day = makeData({ type: new DateDay(), data: Int32Array.from({ length: count }, (_, n) => 19_907 + n) });
  const schema = new Schema([new Field('day', day.type, true)]);
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: count, children: [day] }));
}

/** What a real PostgreSQL answers to the statements of the scripts. */
const answers: Readonly<Record<string, Answer>> = {
  'select 1 as one': integers('one', 1),
  'select 2 as two': integers('two', 2),
  'select n from generate_series(1, 5) as n': integers('n', 1, 2, 3, 4, 5),
  'select n from generate_series(1, 0) as n': integers('n'),
  [days]: daysOf(4),
  'select 6 / (n - 3) as quotient from generate_series(1, 5) as n': quotients,
  'select $1::int4 + $2::int4 as sum': ({ args }) => integers('sum', Number(args[0]) + Number(args[1])),
  'select from generate_series(1, 3)': new RecordBatch(
    new Schema([]),
    makeData({ type: new Struct([]), length: 3, children: [] }),
  ),
  'SELECT * FROM "numbers"': integers('n'),
  'SELECT "n" FROM "numbers"': integers('n'),
  'SELECT "n", "n" FROM "numbers"': integers('n'),
  'create temporary table numbers (n int4)': tag('CREATE TABLE'),
  'insert into numbers values (1)': tag('INSERT 0 1'),
  'insert into numbers values ($1)': tag('INSERT 0 1'),
  'update numbers set n = n + 1': tag('UPDATE 1'),
  'drop table numbers': tag('DROP TABLE'),
};

/** Answers the statements of the scripts and nothing else. */
export function cannedAnswer(sql: string, context: QueryContext): QueryResult {
  const answer = answers[sql];
  if (answer === undefined) throw new Error(`the scripts have no answer to ${sql}`);
  return typeof answer === 'function' ? answer(context) : answer;
}

export const cannedAnswers: ConnectionClass = answering(cannedAnswer);
