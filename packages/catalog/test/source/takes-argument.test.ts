import { expect, test } from 'vitest';
import { takesArgument } from '../../src/source/takes-argument.js';

class Source {
  plain(_database: string) {}
  callback(_database: string, _callback: unknown) {}
  async defaulted(_database = 'shop', _callback = () => {}) {}
  any() {
    // biome-ignore lint/complexity/noArguments: what older code does
    return arguments[1];
  }
}
const source = new Source();

test.each<[string, (...values: never) => unknown, boolean]>([
  ['a method with as many parameters', source.callback, true],
  ['a parameter behind a default', source.defaulted, true],
  ['rest parameters', (...rest: unknown[]) => rest[1], true],
  ['a function that reads `arguments`', source.any, true],
  ['a bound function', source.plain.bind(source), true],
  ['a proxy', new Proxy(source.plain, {}), true],
  ['a method with fewer parameters', source.plain, false],
  ['an arrow function without any', () => [1, 2].map((each) => ({ ...[each] })), false],
])('%s', (_, method, takes) => {
  expect(takesArgument(method, 1)).toBe(takes);
});
