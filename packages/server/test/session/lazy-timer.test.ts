import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LazyTimer } from '../../src/session/lazy-timer.js';

let fired = 0;

beforeEach(() => {
  fired = 0;
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

const timer = (): LazyTimer =>
  new LazyTimer(() => {
    fired += 1;
  });

test('set anew ten thousand times it takes one timer of Node, and fires once, after the last', () => {
  const setTimeout = vi.spyOn(globalThis, 'setTimeout');
  const lazy = timer();
  for (let times = 0; times < 10_000; times += 1) lazy.set(100);
  vi.advanceTimersByTime(60);
  lazy.set(100);
  expect(setTimeout).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(99);
  expect(fired).toBe(0);
  vi.advanceTimersByTime(1);
  vi.advanceTimersByTime(1000);
  expect(fired).toBe(1);
});

test('set to an earlier time it fires then', () => {
  const lazy = timer();
  lazy.set(1000);
  lazy.set(10);
  vi.advanceTimersByTime(10);
  expect(fired).toBe(1);
});

test('cleared or stopped it does not fire, and stopped it leaves no timer', () => {
  const lazy = timer();
  lazy.set(10);
  lazy.clear();
  vi.advanceTimersByTime(1000);
  lazy.set(10);
  lazy.stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(1000);
  expect(fired).toBe(0);
});

test('longer than Node’s timers can be, it waits all the same', () => {
  const lazy = timer();
  const fiftyDays = 50 * 24 * 3600 * 1000;
  lazy.set(fiftyDays);
  vi.advanceTimersByTime(fiftyDays - 1);
  expect(fired).toBe(0);
  vi.advanceTimersByTime(2);
  expect(fired).toBe(1);
});
