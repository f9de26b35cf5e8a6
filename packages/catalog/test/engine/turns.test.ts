import { expect, test } from 'vitest';
import { Turns } from '../../src/engine/turns.js';
import { type Asker, UsedTime } from '../../src/engine/used-time.js';

const never = new AbortController().signal;

/** Whose statements wait while another one runs, and in which order they come then. */
async function order(used: UsedTime, askers: readonly (Asker | null)[]): Promise<readonly number[]> {
  const turns = new Turns(used);
  const begun: number[] = [];
  let end = (): void => {};
  const first = turns.take(null, never, () => new Promise<void>((resolve) => (end = resolve)));
  const waiting = askers.map((asker, at) => turns.take(asker, never, async () => void begun.push(at)));
  end();
  await Promise.all([first, ...waiting]);
  return begun;
}

const mallory = (session: string): Asker => ({ holder: 'mallory', session });
const alice: Asker = { holder: 'alice', session: '7' };

test('who has used nothing comes in the order of asking', async () => {
  expect(await order(new UsedTime(), [mallory('1'), alice, mallory('2')])).toEqual([0, 1, 2]);
});

test('who has used less comes before all sessions of who has used more', async () => {
  const used = new UsedTime();
  used.add(mallory('1'), 5000);
  used.add(alice, 100);
  expect(await order(used, [mallory('1'), mallory('2'), mallory('3'), alice])).toEqual([3, 0, 1, 2]);
});

test('of the sessions of one holder a new one is expected to use as much as the others', async () => {
  const used = new UsedTime();
  used.add(mallory('1'), 5000);
  used.add(mallory('2'), 1);
  expect(await order(used, [mallory('1'), mallory('3'), mallory('2')])).toEqual([2, 1, 0]);
});

test('what nobody asks for comes last', async () => {
  const used = new UsedTime();
  used.add(alice, 5000);
  expect(await order(used, [null, alice])).toEqual([1, 0]);
});

test('who leaves while it waits gives its place up', async () => {
  const turns = new Turns(new UsedTime());
  let end = (): void => {};
  const first = turns.take(alice, never, () => new Promise<void>((resolve) => (end = resolve)));
  const leaving = new AbortController();
  const left = turns.take(alice, leaving.signal, async () => 'begun');
  const next = turns.take(alice, never, async () => 'begun');
  leaving.abort(new Error('left'));
  await expect(left).rejects.toThrow('left');
  end();
  await first;
  expect(await next).toBe('begun');
  const again = new AbortController();
  again.abort(new Error('gone'));
  await expect(turns.take(alice, again.signal, async () => 'begun')).rejects.toThrow('gone');
  expect(await turns.take(alice, never, async () => 'begun')).toBe('begun');
});
