import { describe, expect, test } from 'vitest';
import { exportedNameViolations } from './exported-names.js';
import { workspaceSources } from './workspace.js';

const sources = workspaceSources();
const indexes = sources.filter(({ path }) => /^packages\/[^/]+\/src\/index\.ts$/.test(path));

test.each(indexes.map((index) => [index.path, index] as const))(
  '%s exports documented names, one by one',
  (_, index) => {
    expect(exportedNameViolations(index, sources)).toEqual([]);
  },
);

describe('in a made-up package', () => {
  const index = (text: string) => ({ path: 'packages/wire/src/index.ts', text });
  const module = {
    path: 'packages/wire/src/frontend/query.ts',
    text: `/** A simple query. */\nexport interface Query {}\n/** Decodes it. */\nexport const decode = 1;\nexport function encode() {}`,
  };
  const violations = (text: string) => exportedNameViolations(index(text), [module]);

  test('documented names may be exported, under any name', () => {
    expect(violations(`export { decode as decodeQuery, type Query } from './frontend/query.js';`)).toEqual([]);
    expect(violations(`export { PgError } from '@riffq/wire';`)).toEqual([]);
  });

  test('a name without a comment is caught', () => {
    expect(violations(`export { decode, encode } from './frontend/query.js';`)).toEqual([
      'packages/wire/src/frontend/query.ts: encode has no TSDoc',
    ]);
  });

  test('a star is caught', () => {
    expect(violations(`export * from './frontend/query.js';`)).toEqual([
      'packages/wire/src/index.ts: everything of ./frontend/query.js is exported, whatever it will be',
    ]);
  });

  test('code in an index is caught', () => {
    expect(violations('export const version = 1;')).toEqual([
      'packages/wire/src/index.ts: export const version = 1; is no re-export by name',
    ]);
  });
});
