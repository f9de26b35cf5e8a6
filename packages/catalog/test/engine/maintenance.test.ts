import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { planWrite } from '../../src/content-rows/plan-write.js';
import { compiledModule } from '../../src/engine/compiled-module.js';
import { EngineInstance } from '../../src/engine/engine-instance.js';
import type { WriteStep } from '../../src/engine/engine-messages.js';
import { engineFile } from '../../src/engine-files.js';
import { createCatalog, type DatabaseContent } from '../../src/index.js';
import { contentOf, schemaOf, tableOf } from '../made-up-content.js';

const MiB = 1024 * 1024;
const tables = Array.from({ length: 150 }, (_, at) => at);
const columns = Array.from({ length: 20 }, (_, at) => at);

/** A database in which all columns are called something else each time. */
function content(time: number): DatabaseContent {
  const named = columns.map((column) => `column_${column}_of_${time}`);
  return contentOf('shop', [
    schemaOf(
      50_000,
      'shop',
      tables.map((table) => tableOf(60_000 + 2 * table, `table_${table}`, named)),
    ),
  ]);
}

test('however often everything changes, the files of an engine take no more for it', { timeout: 120_000 }, async () => {
  const imagePath = fileURLToPath(engineFile('image.br'));
  const engine = await EngineInstance.open(
    {
      database: { oid: 20_000, name: 'shop' },
      version: 'PostgreSQL',
      majorVersion: 18,
      imagePath,
      memoryLimit: 512 * MiB,
    },
    await compiledModule(),
    readFileSync(imagePath),
  );
  const write = (steps: readonly WriteStep[]): number => {
    const reply = engine.handle({ kind: 'write', steps });
    if (reply.kind !== 'written') throw new Error(`it answered with ${reply.kind}`);
    return reply.held;
  };
  const held: number[] = [];
  let before: DatabaseContent | null = null;
  for (let time = 0; time < 60; time += 1) {
    const now = content(time);
    write([{ kind: 'sql', sql: 'BEGIN' }]);
    for await (const steps of planWrite(before, now, 18)) held.push(write(steps));
    held.push(write([{ kind: 'sql', sql: 'COMMIT' }]));
    before = now;
  }
  const half = held.length / 2;
  const [early, late] = [held.slice(0, half), held.slice(half)].map((some) => Math.max(...some) / MiB);
  expect(early).toBeLessThan(40);
  expect(late).toBeLessThan(early! * 1.1);
});

/** A database with comments of 7 MB each that nothing can compress; what is more than 18 of them is more than 128 MiB. */
function commented(first: number, count: number): DatabaseContent {
  const relations = Array.from({ length: count }, (_, at) => ({
    ...tableOf(60_000 + 2 * at, `table_${at}`, []),
    comment: `${first + at} ${randomBytes(5_250_000).toString('base64')}`,
  }));
  return contentOf('shop', [schemaOf(50_000, 'shop', relations)]);
}

describe('when there is room for 128 MiB', { timeout: 60_000 }, () => {
  const memoryLimit = 128 * MiB;
  const sql = "SELECT substring(obj_description('shop.table_7'::regclass) FROM '[0-9]*')";
  const alice = { user: 'alice', database: 'shop' };

  test('what does not fit beside what was there before gets a new engine', async () => {
    let now = commented(0, 10);
    await using catalog = createCatalog({ content: async () => now }, { memoryLimit });
    expect((await catalog.query(sql, [], alice)).textRows()).toEqual([['7']]);
    now = commented(100, 10);
    expect((await catalog.query(sql, [], alice)).textRows()).toEqual([['107']]);
  });

  test('what does not fit at all is told so', async () => {
    const now = commented(0, 20);
    await using catalog = createCatalog({ content: async () => now }, { memoryLimit });
    await expect(catalog.query(sql, [], alice)).rejects.toMatchObject({
      sqlstate: '58000',
      message: 'the catalog engine ran out of memory',
    });
  });
});
