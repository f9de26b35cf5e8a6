import { type Data, type Field, makeData, RecordBatch, Schema, Struct, Table } from 'apache-arrow';
import fc from 'fast-check';
import type { QueryResult } from '../../src/index.js';
import { buildColumn, type Choose } from './build-column.js';
import { randomValues, type Stored } from './random-values.js';

/** What a handler answers, and the batches that are in it. */
export interface RandomResult {
  readonly fields: readonly Field[];
  readonly batches: readonly RecordBatch[];
  readonly answer: () => QueryResult;
  /** What is said of it when it is a counterexample. */
  readonly toString: () => string;
}

const forms = ['table', 'schema and batches', 'batches', 'iterator', 'asynchronous iterator'] as const;

/** How long results are. */
export interface Extent {
  readonly batches: number;
  /** Rows of each batch that have values of their own, ... */
  readonly rows: fc.IntegerConstraints;
  /** ... and how often these come in it. */
  readonly times: number;
}

/** Results of columns, in batches that are slices of others, in any form that a handler may give. */
export function randomResults(fields: fc.Arbitrary<Field[]>, extent: Extent): fc.Arbitrary<RandomResult> {
  const shape = fc.record({
    fields,
    rows: fc.array(fc.integer(extent.rows), { minLength: 1, maxLength: extent.batches }),
    beyond: fc.integer({ min: 0, max: 5 }).map((value) => value === 5),
    form: fc.constantFrom(...forms),
    seed: fc.nat(),
  });
  return shape.chain(({ fields: columns, rows, beyond, form, seed }) => {
    const batches = rows.map((count) =>
      fc.tuple(
        ...columns.map((column) =>
          fc.array(randomValues(column, { beyond, json: false }), { minLength: count, maxLength: count }),
        ),
      ),
    );
    return fc.tuple(...batches).map((values) => {
      const choose = choosing(seed);
      const built = values.map((batch, index) => {
        const repeated = batch.map((column) => Array.from({ length: extent.times }, () => column).flat());
        return sliced(batchOf(columns, repeated, rows[index]! * extent.times, choose), choose);
      });
      return resultOf(columns, built, form, choose);
    });
  });
}

function batchOf(fields: readonly Field[], values: readonly Stored[][], length: number, choose: Choose): RecordBatch {
  const children = fields.map(({ type }, index): Data => buildColumn(type, values[index]!, choose));
  const struct = makeData({ type: new Struct([...fields]), length, nullCount: 0, children });
  return new RecordBatch(new Schema([...fields]), struct);
}

function sliced(batch: RecordBatch, choose: Choose): RecordBatch {
  if (choose(2) === 0) return batch;
  const from = choose(batch.numRows + 1);
  return batch.slice(from, from + choose(batch.numRows - from + 1));
}

function resultOf(fields: Field[], batches: RecordBatch[], form: (typeof forms)[number], choose: Choose): RandomResult {
  const schema = new Schema(fields);
  const answers = {
    'schema and batches': () => ({ schema, batches }),
    batches: () => batches,
    iterator: () => batches.values(),
    'asynchronous iterator': async function* () {
      yield* batches;
    },
  };
  const said = () => `${fields.join(', ')} in ${form} of ${batches.map(({ numRows }) => numRows).join(' + ')} rows`;
  if (form !== 'table') return { fields, batches, answer: answers[form], toString: said };
  const table = new Table(schema, batches);
  const from = choose(3) === 0 ? choose(table.numRows + 1) : 0;
  const slice = from === 0 ? table : table.slice(from, from + choose(table.numRows));
  return { fields, batches: slice.batches, answer: () => slice, toString: said };
}

/** Numbers below any limit, the same for the same seed. */
function choosing(seed: number): Choose {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
