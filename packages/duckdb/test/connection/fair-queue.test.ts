import { expect, test } from 'vitest';
import { FairQueue } from '../../src/connection/fair-queue.js';

/** A task that runs until it is told to end. */
function task(log: string[], name: string) {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = async () => {
    log.push(name);
    await ended;
    return name;
  };
  return { run, end: () => end() };
}

test('no more than the limit run, and the others follow in their order', async () => {
  const queue = new FairQueue(2);
  const log: string[] = [];
  const tasks = ['a', 'b', 'c', 'd'].map((name) => task(log, name));
  const results = tasks.map(({ run }) => queue.run(run));
  await Promise.resolve();
  expect(log).toEqual(['a', 'b']);
  tasks[1]?.end();
  await results[1];
  await Promise.resolve();
  expect(log).toEqual(['a', 'b', 'c']);
  for (const { end } of tasks) end();
  expect(await Promise.all(results)).toEqual(['a', 'b', 'c', 'd']);
  expect(log).toEqual(['a', 'b', 'c', 'd']);
});

test("who gives up waiting is left out, and takes nobody's place", async () => {
  const queue = new FairQueue(1);
  const log: string[] = [];
  const [first, second, third] = ['first', 'second', 'third'].map((name) => task(log, name));
  const controller = new AbortController();
  const one = queue.run(first?.run ?? (async () => ''));
  const two = queue.run(second?.run ?? (async () => ''), controller.signal);
  const three = queue.run(third?.run ?? (async () => ''));
  controller.abort(new Error('enough'));
  await expect(two).rejects.toThrow('enough');
  first?.end();
  third?.end();
  expect(await Promise.all([one, three])).toEqual(['first', 'third']);
  expect(log).toEqual(['first', 'third']);
  expect(await queue.run(async () => 'free again')).toBe('free again');
});

test('a task that fails makes room for the next', async () => {
  const queue = new FairQueue(1);
  const failing = queue.run(() => Promise.reject(new Error('failed')));
  const next = queue.run(async () => 'next');
  await expect(failing).rejects.toThrow('failed');
  expect(await next).toBe('next');
});
