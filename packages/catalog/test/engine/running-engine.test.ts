import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { RunningEngine } from '../../src/engine/running-engine.js';
import { WorkerThreads } from '../../src/engine/worker-threads.js';
import { engineFile } from '../../src/engine-files.js';
import { catalogClosed } from '../../src/errors/engine-errors.js';

const start = {
  database: { oid: 16384, name: 'shop' },
  version: 'PostgreSQL',
  majorVersion: 18,
  imagePath: fileURLToPath(engineFile('image.br')),
  memoryLimit: 1,
};

test('a thread that never takes requests is given up', async () => {
  const threads = new WorkerThreads(new URL('../fixtures/silent-thread.mjs', import.meta.url));
  const running = new RunningEngine(threads, start, 100);
  await expect(running.ready()).rejects.toMatchObject({
    sqlstate: '58000',
    message: 'the catalog engine could not be started',
    fields: { detail: 'It did not take requests within 100 ms.' },
  });
  expect(running.ended).toBe(true);
});

test('who comes when it has been ended is told why, as who waited is', async () => {
  const threads = new WorkerThreads(new URL('../fixtures/silent-thread.mjs', import.meta.url));
  const running = new RunningEngine(threads, start, 10_000);
  const waiting = expect(running.ready()).rejects.toMatchObject({ sqlstate: '57P01' });
  running.terminate(catalogClosed());
  await waiting;
  const late = running.exchange({ kind: 'write', steps: [] }, 10_000);
  await expect(late).rejects.toMatchObject({ sqlstate: '57P01' });
});
