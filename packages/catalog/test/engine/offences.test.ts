import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Offences } from '../../src/engine/offences.js';

const address = '192.0.2.1';
const ofUser = '53400 too many catalog queries of this user had to be ended';
const ofAddress = '53400 too many catalog queries of this address had to be ended';

let offences: Offences;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  offences = new Offences();
});
afterEach(() => void vi.useRealTimers());

function told(user: string, strangersAddress?: string): string {
  try {
    offences.check({ user, strangersAddress });
    return 'goes on';
  } catch (error) {
    const { sqlstate, message } = Object(error);
    return `${sqlstate} ${message}`;
  }
}

function offend(user: string, strangersAddress: string | undefined, times: number): void {
  for (let time = 0; time < times; time += 1) offences.note({ user, strangersAddress });
}

test('a user is refused after three, wherever they come from, until the first is a minute ago', () => {
  offend('mallory', undefined, 1);
  vi.advanceTimersByTime(30_000);
  offend('mallory', undefined, 1);
  expect(told('mallory')).toBe('goes on');
  offend('mallory', undefined, 1);
  expect([told('mallory'), told('alice')]).toEqual([ofUser, 'goes on']);
  vi.advanceTimersByTime(30_000);
  expect(told('mallory')).toBe('goes on');
});

test('a name that nobody has to prove is refused at its address alone, and there by itself', () => {
  offend('mallory', address, 3);
  expect(told('mallory', address)).toBe(ofUser);
  expect([told('alice', address), told('mallory', '192.0.2.2'), told('mallory')]).toEqual(Array(3).fill('goes on'));
});

test('an address where one name after another does it is refused after twenty', () => {
  for (let name = 0; name < 20; name += 1) {
    expect(told(`mallory${name}`, address)).toBe('goes on');
    offend(`mallory${name}`, address, 1);
  }
  expect([told('mallory20', address), told('mallory20', '192.0.2.2')]).toEqual([ofAddress, 'goes on']);
  vi.advanceTimersByTime(60_000);
  expect(told('mallory20', address)).toBe('goes on');
});
