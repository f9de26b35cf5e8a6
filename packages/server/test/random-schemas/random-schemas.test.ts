import { Vector } from 'apache-arrow';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type QueryResult, type RiffqServer, serve } from '../../src/index.js';
import { portOf } from '../listening.js';
import { readColumn } from './arrow-reading.js';
import { columnTypeOf } from './column-types.js';
import { binaryOf } from './expected-binary.js';
import { closedText, textOf } from './expected-text.js';
import { type PostgresValue, postgresValue, Unsendable } from './postgres-value.js';
import { randomFields, randomPlainFields } from './random-fields.js';
import { type RandomResult, randomResults } from './random-results.js';
import { type Received, RecordedClient } from './recorded-client.js';

/** What the next query is answered with. */
let answer: () => QueryResult;
let server: RiffqServer;
let text: RecordedClient;
let binary: RecordedClient;
beforeAll(async () => {
  server = await serve({ address: '127.0.0.1:0', query: () => answer() });
  const config = { host: '127.0.0.1', port: portOf(server), user: 'alice', database: 'shop' };
  text = new RecordedClient(config);
  binary = new RecordedClient(config, true);
  await Promise.all([text.connect(), binary.connect()]);
});
afterAll(async () => {
  await Promise.all([text.end(), binary.end()]);
  await server.close();
});

type Row = readonly (PostgresValue | null)[];

/** What must arrive: rows, and the error that ends them if one has a value that PostgreSQL does not have. */
interface Expected {
  readonly rows: readonly Row[];
  readonly error?: { readonly code: string; readonly place: string };
}

function expectedOf({ fields, batches }: RandomResult): Expected {
  const rows: Row[] = [];
  for (const batch of batches) {
    const columns = fields.map((_, index) => readColumn(new Vector([batch.data.children[index]!])));
    for (let row = 0; row < batch.numRows; row++) {
      const values: (PostgresValue | null)[] = [];
      for (const [index, field] of fields.entries()) {
        try {
          values.push(postgresValue(field, columns[index]![row]!));
        } catch (error) {
          if (!(error instanceof Unsendable)) throw error;
          const place = `in column "${field.name}", row ${rows.length + 1}`;
          return { rows, error: { code: error.sqlstate, place } };
        }
      }
      rows.push(values);
    }
  }
  return { rows };
}

async function expectArrivesInText(result: RandomResult, portion: number): Promise<void> {
  const expected = expectedOf(result);
  answer = result.answer;
  const received = await text.ask({ extended: portion > 0, portion: portionOf(portion, expected) });
  const texts = received.rows.map((row) => row.map((field) => field?.toString() ?? null));
  const wanted = expected.rows.map((row, at) =>
    row.map((value, column) => value && closedText(textOf(value), texts[at]?.[column] ?? '')),
  );
  expect({ rows: texts, ...endOf(received) }).toEqual({ rows: wanted, ...wantedEnd(result, expected) });
  // What node-postgres itself has of them.
  if (received.result !== undefined) expect(received.result.rows).toEqual(texts);
}

async function expectArrivesInBinary(result: RandomResult, portion: number): Promise<void> {
  const expected = expectedOf(result);
  answer = result.answer;
  const received = await binary.ask({ extended: true, portion: portionOf(portion, expected) });
  const hex = (bytes: Buffer): string => bytes.toString('hex');
  const wanted = expected.rows.map((row, at) =>
    row.map((value, column) => value && hex(binaryOf(value, received.rows[at]?.[column] ?? Buffer.alloc(0)))),
  );
  const rows = received.rows.map((row) => row.map((field) => field && hex(field)));
  expect({ rows, ...endOf(received) }).toEqual({ rows: wanted, ...wantedEnd(result, expected) });
  for (const { format } of received.result?.fields ?? []) expect(format).toBe('binary');
}

/** node-postgres waits for ever, without a Sync, when an error comes instead of the next portion. */
function portionOf(portion: number, { error }: Expected): number {
  return error === undefined ? portion : 0;
}

/** What a result ends with: an error and its place, or nothing but what its columns are said to be. */
function endOf({ result, error }: Received): object {
  if (error !== undefined)
    return { code: error.code, place: /in column ".*/.exec(error.message)?.[0] ?? error.message };
  const columns = result?.fields.map(({ name, dataTypeID, dataTypeModifier }) => ({
    name,
    oid: dataTypeID,
    modifier: dataTypeModifier,
  }));
  return { columns };
}

function wantedEnd({ fields }: RandomResult, { error }: Expected): object {
  return error ?? { columns: fields.map((field) => ({ name: field.name, ...columnTypeOf(field) })) };
}

/** More than the usual number of runs: `FUZZ_RUNS=10000 vitest run ...`; the seed and path of a failure are in its message. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 200);
const options = { seed: 20_261_130, timeout: 20_000 };
const timeout = 60_000 + numRuns * 100;

const portions = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 }));
const results = randomResults(randomFields, { batches: 4, rows: { min: 0, max: 25 }, times: 1 });
/** Of so many rows that they get a loop of their own. */
const longResults = randomResults(randomPlainFields, { batches: 2, rows: { min: 60, max: 100 }, times: 150 });

describe('what Arrow reads of any columns arrives, whatever their layout', () => {
  test('in text', { timeout }, async () => {
    await fc.assert(fc.asyncProperty(results, portions, expectArrivesInText), { ...options, numRuns });
  });

  test('in binary', { timeout }, async () => {
    await fc.assert(fc.asyncProperty(results, portions, expectArrivesInBinary), { ...options, numRuns });
  });

  test('in long results', { timeout }, async () => {
    const property = fc.asyncProperty(longResults, fc.boolean(), (result, inBinary) =>
      inBinary ? expectArrivesInBinary(result, 0) : expectArrivesInText(result, 0),
    );
    await fc.assert(property, { ...options, numRuns: Math.ceil(numRuns / 30) });
  });
});
