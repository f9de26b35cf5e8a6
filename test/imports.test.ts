import { describe, expect, test } from 'vitest';
import { importViolations } from './import-rules.js';
import { type Manifest, type Member, workspaceMembers, workspaceSources } from './workspace.js';

test('every import of the workspace goes the allowed way', () => {
  expect(importViolations(workspaceMembers(), workspaceSources())).toEqual([]);
});

describe('in a made-up workspace', () => {
  const manifests: Readonly<Record<string, Omit<Manifest, 'name'>>> = {
    wire: {},
    'arrow-helpers': { dependencies: { '@riffq/wire': '*' }, peerDependencies: { 'apache-arrow': '*' } },
    catalog: { dependencies: { '@riffq/wire': '*', '@riffq/arrow-helpers': '*' } },
    server: {
      dependencies: { '@riffq/arrow-helpers': '*', '@riffq/catalog': '*', '@riffq/wire': '*' },
      peerDependencies: { 'apache-arrow': '*' },
      devDependencies: { '@riffq/testing': '*', pg: '*' },
    },
    testing: { dependencies: { '@riffq/wire': '*' } },
    newcomer: { dependencies: { '@riffq/wire': '*' } },
  };
  const members: readonly Member[] = [
    { folder: '', manifest: { name: 'riffq', devDependencies: { vitest: '*' } } },
    ...Object.entries(manifests).map(([name, manifest]) => ({
      folder: `packages/${name}`,
      manifest: { name: `@riffq/${name}`, exports: { '.': './dist/index.js' }, ...manifest },
    })),
    {
      folder: 'apps/conformance',
      manifest: { name: '@riffq/conformance', exports: { './oracle': './x.ts' }, dependencies: { '@riffq/wire': '*' } },
    },
    { folder: 'apps/benchmarks', manifest: { name: '@riffq/benchmarks', dependencies: { '@riffq/conformance': '*' } } },
  ];
  const violations = (files: Readonly<Record<string, string>>, among = members) =>
    importViolations(
      among,
      Object.entries(files).map(([path, text]) => ({ path, text })),
    );

  test('what the rules allow is not complained about', () => {
    expect(
      violations({
        'packages/server/src/index.ts': `
          export { PgError, type ErrorFields } from '@riffq/wire';
          import { toArrow } from '@riffq/arrow-helpers';
          export { toArrow };
          export * from './session/session.js';
          const catalog = await import('@riffq/catalog');`,
        'packages/server/src/session/session.ts': `
          import { createServer } from 'node:net';
          import { type Portal, portal } from './portal.js';`,
        'packages/server/src/session/portal.ts': `import type { Session } from './session.js';`,
        'packages/server/test/session.test.ts': `
          import { startServer } from '@riffq/testing';
          import pg from 'pg';
          import { test } from 'vitest';
          import { serve } from '../src/index.js';`,
        'packages/server/examples/hello.ts': `import { serve } from '@riffq/server';`,
        'packages/arrow-helpers/src/index.ts': `import { type Table } from 'apache-arrow/Arrow.node';`,
        'apps/benchmarks/src/run.ts': `import { startOracle } from '@riffq/conformance/oracle';`,
        'apps/benchmarks/test/run.test.ts': `import { frames } from '../../../packages/server/test/frames.js';`,
        'test/imports.test.ts': `import { importViolations } from './import-rules.js';`,
      }),
    ).toEqual([]);
  });

  const complaints: readonly (readonly [behaviour: string, path: string, text: string, complaint: string])[] = [
    [
      'an import against the direction',
      'packages/wire/src/a.ts',
      `\nimport type { Server } from '@riffq/server';`,
      'packages/wire/src/a.ts:2 imports server, which wire may not know',
    ],
    [
      'catalog knowing arrow-helpers',
      'packages/catalog/src/a.ts',
      `import { toArrow } from '@riffq/arrow-helpers';`,
      'packages/catalog/src/a.ts:1 imports arrow-helpers, which catalog may not know',
    ],
    [
      'a package importing an app',
      'packages/server/test/a.ts',
      `import { startOracle } from '@riffq/conformance/oracle';`,
      'packages/server/test/a.ts:1 imports conformance, which server may not know',
    ],
    [
      'the code of a package importing testing',
      'packages/server/src/a.ts',
      `import { startServer } from '@riffq/testing';`,
      'packages/server/src/a.ts:1 imports testing, which server may not know',
    ],
    [
      'a package that the rules do not name',
      'packages/newcomer/src/a.ts',
      `import { PgError } from '@riffq/wire';`,
      'packages/newcomer/src/a.ts:1 is in newcomer, which has no row in test/import-rules.ts',
    ],
    [
      'all of apache-arrow',
      'packages/server/src/a.ts',
      `import { type Data, DataType } from 'apache-arrow';`,
      'packages/server/src/a.ts:1 loads all of apache-arrow, and not one of its files such as apache-arrow/type',
    ],
    [
      'a deep import',
      'packages/server/src/a.ts',
      `import { PgError } from '@riffq/wire/src/pg-error.js';`,
      'packages/server/src/a.ts:1 imports @riffq/wire/src/pg-error.js, which @riffq/wire does not export',
    ],
    [
      'a deep import of a type in the middle of an expression',
      'apps/conformance/src/a.ts',
      `let error: import('@riffq/wire/dist/pg-error.js').PgError;`,
      'apps/conformance/src/a.ts:1 imports @riffq/wire/dist/pg-error.js, which @riffq/wire does not export',
    ],
    [
      'a relative import that leaves the package',
      'packages/server/src/a.ts',
      `import { PgError } from '../../wire/src/index.js';`,
      'packages/server/src/a.ts:1 reaches out of its package: ../../wire/src/index.js',
    ],
    [
      'a relative import from the root into a package',
      'scripts/a.ts',
      `import { PgError } from '../packages/wire/src/index.js';`,
      'scripts/a.ts:1 reaches out of its package: ../packages/wire/src/index.js',
    ],
    [
      'a package that imports itself by name',
      'packages/wire/src/a.ts',
      `import { PgError } from '@riffq/wire';`,
      'packages/wire/src/a.ts:1 imports its own package by name: @riffq/wire',
    ],
    [
      'a re-export that is not agreed upon',
      'packages/server/src/a.ts',
      `export { sqlstate } from '@riffq/wire';`,
      'packages/server/src/a.ts:1 re-exports sqlstate of @riffq/wire',
    ],
    [
      'a re-export under another name',
      'packages/server/src/a.ts',
      `export { sqlstate as PgError } from '@riffq/wire';`,
      'packages/server/src/a.ts:1 re-exports sqlstate of @riffq/wire',
    ],
    [
      'a re-export of everything',
      'packages/server/src/a.ts',
      `export * from '@riffq/arrow-helpers';`,
      'packages/server/src/a.ts:1 re-exports all of @riffq/arrow-helpers',
    ],
    [
      'a re-export in two steps',
      'packages/arrow-helpers/src/a.ts',
      `import { PgError as Failure } from '@riffq/wire';\nexport { Failure };`,
      'packages/arrow-helpers/src/a.ts:2 re-exports PgError of @riffq/wire',
    ],
    [
      'an import that package.json does not declare',
      'packages/wire/test/a.ts',
      `import pg from 'pg';`,
      'packages/wire/test/a.ts:1 imports pg, which its package.json does not declare',
    ],
    [
      'a development dependency in code that users install',
      'packages/server/src/a.ts',
      `const pg = await import('pg');`,
      'packages/server/src/a.ts:1 imports pg, which its package.json does not declare',
    ],
  ];
  test.each(complaints)('%s is caught', (_, path, text, complaint) => {
    expect(violations({ [path]: text })).toContain(complaint);
  });

  test('files that import each other are caught, the imports of types apart', () => {
    expect(
      violations({
        'packages/wire/src/a.ts': `import { b } from './b.js';`,
        'packages/wire/src/b.ts': `export * from './c.js';\nimport type { D } from './d.js';`,
        'packages/wire/src/c.ts': `import { type A } from './a.js';`,
        'packages/wire/src/d.ts': `import { b } from './b.js';`,
      }),
    ).toEqual([
      'files import each other: packages/wire/src/a.ts -> packages/wire/src/b.ts -> packages/wire/src/c.ts -> packages/wire/src/a.ts',
    ]);
  });

  test('packages that depend on each other are caught, for tests too', () => {
    const wire = { name: '@riffq/wire', devDependencies: { '@riffq/testing': '*' } };
    const circle = members.map((member) =>
      member.folder === 'packages/wire' ? { ...member, manifest: wire } : member,
    );
    expect(violations({}, circle)).toEqual([
      'packages depend on each other: @riffq/wire -> @riffq/testing -> @riffq/wire',
    ]);
  });
});
