import { expect, test } from 'vitest';
import type { QueryContext } from '../../../src/index.js';
import { answering, Conversation } from '../../conversation.js';
import { bind, describePortal, execute, parse, query, sync } from '../../frames.js';
import { integers } from '../../tracked-source.js';

async function contextOf(...frames: readonly Uint8Array[]): Promise<QueryContext> {
  const contexts: QueryContext[] = [];
  await using client = new Conversation(
    answering((_sql, context) => {
      contexts.push(context);
      return integers(1);
    }),
  );
  await client.start();
  await client.ask(...frames);
  const [context] = contexts;
  if (context === undefined || contexts.length > 1) throw new Error(`asked ${contexts.length} times`);
  return context;
}

test('a handler is told of parameters as they came, of the formats and of the rows that the client asks for', async () => {
  const portal = { values: ['7', null, Buffer.of(1)], parameterFormats: [0, 0, 1], resultFormats: [1] };
  const asked = { encodedArgs: { formats: ['text', 'text', 'binary'] }, resultFormats: ['binary'], maxRows: 5 };
  const frames = [parse('select $1, $2, $3', '', [23]), bind(portal)];
  for (const described of [[], [describePortal()]]) {
    const context = await contextOf(...frames, ...described, execute('', 5), sync());
    expect(context).toMatchObject(asked);
    expect(context.encodedArgs.values.map((value) => value && Buffer.from(value).toString('hex'))).toEqual([
      '37',
      null,
      '01',
    ]);
  }
});

test('a handler of a simple query is told that there is nothing of it', async () => {
  expect(await contextOf(query('select'))).toMatchObject({
    encodedArgs: { values: [], formats: [] },
    resultFormats: [],
    maxRows: 0,
  });
});
