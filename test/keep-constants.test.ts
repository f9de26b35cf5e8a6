import { describe, expect, it } from 'vitest';
import { keepConstants } from '../scripts/keep-constants.js';

/** What a bundle becomes, line by line. */
const kept = (...lines: readonly string[]): readonly string[] => keepConstants(lines.join('\n')).split('\n');

describe('constants at the top of a bundle', () => {
  it('are const again, and nothing moves', () => {
    const bundle = [
      'var table = new Uint8Array(256);',
      'var Reader = class {};',
      'function size() { return table.length; }',
    ];
    expect(kept(...bundle)).toEqual([
      'const table=new Uint8Array(256);',
      'const Reader=class {};',
      'function size() { return table.length; }',
    ]);
    expect(keepConstants(bundle.join('\n'))).toHaveLength(bundle.join('\n').length);
  });

  it.each([
    'spare = 2;',
    'function take() { spare += 1; }',
    'function take() { return () => spare++; }',
    'function take() { return --spare; }',
    'spare ??= 1;',
    '[spare] = [1];',
    '({ a: spare = 2 } = {});',
    'for (spare of [1]) ;',
    'for (spare in {}) ;',
    'var spare = 3;',
  ])('stay var where `%s` assigns them', (assignment) => {
    expect(kept('var spare = 1;', assignment)[0]).toBe('var spare = 1;');
  });

  it('are known from what only looks like an assignment', () => {
    expect(kept('var size = 1;', 'other.size = 2;', 'var less = -size <= 2;')[0]).toBe('const size=1;');
  });

  it('are none where several are declared at once, without a value, in a function or in a text', () => {
    const bundle = [
      'var a = 1, b = 2;',
      'var c;',
      'var { d } = a;',
      'function f() {',
      'var e = 1;',
      '}',
      'const text = `',
      'var g = 1;',
      '`;',
    ];
    expect(kept(...bundle)).toEqual(bundle);
  });
});
