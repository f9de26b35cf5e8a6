import { once } from 'node:events';
import { normaliseTrace } from '@riffq/testing';
import fc from 'fast-check';
import { expect, inject, test } from 'vitest';
import { Conversation } from './conversation.js';
import {
  bind,
  closePortal,
  closeStatement,
  describePortal,
  describeStatement,
  execute,
  flush,
  frame,
  parse,
  query,
  sync,
} from './frames.js';
import type { Frontend } from './frontend.js';
import { connectToOracle } from './oracle-frontend.js';
import { cannedAnswers } from './oracle-scripts/canned-answers.js';

const statements = [
  ...[
    'select 1 as one',
    'select n from generate_series(1, 5) as n',
    'select 6 / (n - 3) as quotient from generate_series(1, 5) as n',
  ],
  ...['begin', 'commit', 'rollback', 'savepoint a', 'rollback to a', 'release a', ''],
  ...[
    "set application_name = 'x'",
    "set local application_name = 'y'",
    'show application_name',
    'reset application_name',
  ],
];
const sql = fc.constantFrom(...statements);
const name = fc.constantFrom('', 'a', 'b');
const rows = fc.constantFrom(0, 0, 1, 2);

/**
 * One message, and what it is in words: a failing run is to be read. Before a Query there is a Sync, because PostgreSQL 18
 * itself loses its way when one comes into a pipeline (XX000 `StartTransactionCommand: unexpected state STARTED`).
 */
const message = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(sql, name).map(([text, to]) => [`Parse ${to} ${text}`, parse(text, to)] as const) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(name, name)
      .map(([portal, of]) => [`Bind ${portal} ${of}`, bind({ portal, statement: of })] as const),
  },
  { weight: 1, arbitrary: name.map((of) => [`Describe statement ${of}`, describeStatement(of)] as const) },
  { weight: 1, arbitrary: name.map((of) => [`Describe portal ${of}`, describePortal(of)] as const) },
  {
    weight: 4,
    arbitrary: fc.tuple(name, rows).map(([of, limit]) => [`Execute ${of} ${limit}`, execute(of, limit)] as const),
  },
  { weight: 1, arbitrary: name.map((of) => [`Close statement ${of}`, closeStatement(of)] as const) },
  { weight: 1, arbitrary: name.map((of) => [`Close portal ${of}`, closePortal(of)] as const) },
  {
    weight: 2,
    arbitrary: fc
      .array(sql, { minLength: 1, maxLength: 3 })
      .map((texts) => [`Query ${texts.join('; ')}`, Buffer.concat([sync(), query(texts.join('; '))])] as const),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(sql, name)
      .map(
        ([text, portal]) =>
          [`Bind ${portal} of Parse ${text}`, Buffer.concat([parse(text), bind({ portal })])] as const,
      ),
  },
  { weight: 6, arbitrary: fc.constant(['Sync', sync()] as const) },
  { weight: 1, arbitrary: fc.constant(['Flush', flush()] as const) },
);

/** A Query that fails leaves its own portal behind as the unnamed one, which is nobody's business but PostgreSQL's. */
function leavesPortalsOfQueriesAlone(words: readonly string[]): boolean {
  const first = words.findIndex((word) => word.startsWith('Query'));
  return first < 0 || !words.slice(first).some((word) => /^(Execute|Describe portal) ( |$)/.test(word));
}

async function tell(client: Frontend, frames: readonly Uint8Array[]): Promise<string> {
  client.send(...frames, sync(), frame('X', []));
  return normaliseTrace(await client.untilEnd());
}

/** More runs than the usual 100: `FUZZ_RUNS=10000 vitest run ...`. */
test('any messages in any order are answered as by PostgreSQL itself', async () => {
  const { user, database } = inject('oracle');
  await fc.assert(
    fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 40, size: 'max' }), async (messages) => {
      fc.pre(leavesPortalsOfQueriesAlone(messages.map(([words]) => words)));
      const frames = messages.map(([, bytes]) => bytes);
      const oracle = await connectToOracle();
      await oracle.start({ user, database, application_name: 'script' });
      const theirs = await tell(oracle, frames);
      oracle.stream.end();
      if (!oracle.stream.closed) await once(oracle.stream, 'close');
      // PostgreSQL warns of its own housekeeping when a failed block ends with portals bound to COMMIT or ROLLBACK.
      fc.pre(!theirs.includes('skipping cleanup for portal'));
      await using client = new Conversation(cannedAnswers, { sessionStatements: 'server' });
      await client.start({ user, application_name: 'script' });
      expect(await tell(client, frames)).toBe(theirs);
    }),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 100) },
  );
});
