import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { typescriptBlocks } from './markdown.js';
import { filesBelow, type Member, readManifest, root, workspaceMembers } from './workspace.js';

const packages = workspaceMembers().filter(({ folder }) => folder.startsWith('packages/'));

describe.each(packages.map((member) => [member.manifest.name, member] as const))('%s', (name, { folder, manifest }) => {
  test('tells npm what it is', () => {
    expect(manifest).toMatchObject({
      name: folder.replace('packages/', '@riffq/'),
      description: expect.stringMatching(/^\S.{20,}$/),
      license: 'MIT',
      engines: { node: '>=20.19' },
      repository: { directory: folder },
    });
    expect(manifest.keywords?.length).toBeGreaterThanOrEqual(3);
    expect(manifest.private).toBeUndefined();
  });

  test('is run from source in the workspace and from dist by its users', () => {
    const entries = manifest.exports ?? {};
    const published = manifest.publishConfig?.exports;
    const conditions = entries['.'];
    expect(Object.keys(typeof conditions === 'object' ? conditions : {})[0]).toBe('@riffq/source');
    expect(conditions).toMatchObject({
      '@riffq/source': './src/index.ts',
      types: './dist/index.d.ts',
      default: './dist/index.js',
    });
    expect(published).toEqual(withoutSource(entries));
  });

  test('brings nobody a private key', () => {
    // What else it ships is made of these.
    const withKey = filesBelow(`${folder}/src`).filter((path) => /PRIVATE KEY-----\s+[\w+/]{20}/.test(read(path)));
    expect(withKey).toEqual([]);
  });

  test('has a README whose examples are compiled', () => {
    const readme = read(`${folder}/README.md`);
    const examples = examplesOf(folder).map((path) => withoutOwnPath(read(path), name));
    const blocks = typescriptBlocks(readme).map((block) => withoutOwnPath(block, name));
    expect(readme).toMatch(new RegExp(`^# ${name}\n`));
    expect(blocks.length).toBeGreaterThan(0);
    for (const block of blocks) {
      expect(examples).toContain(block);
    }
  });
});

test('every command of the documentation is a script of the root', () => {
  const commands = ['demo', 'test', 'build', 'lint', 'fix', 'typecheck', 'check', 'bench', 'site', 'example'];
  expect(Object.keys(readManifest('package.json').scripts ?? {})).toEqual(expect.arrayContaining(commands));
});

function withoutSource(entries: NonNullable<Member['manifest']['exports']>): unknown {
  return Object.fromEntries(
    Object.entries(entries).map(([entry, conditions]) => {
      if (typeof conditions === 'string') {
        return [entry, conditions];
      }
      const { '@riffq/source': _, ...published } = conditions;
      return [entry, published];
    }),
  );
}

/** In the workspace an example may import its package by path; a reader installs it by name. */
function withoutOwnPath(code: string, name: string): string {
  return code.replaceAll("'../src/index.js'", `'${name}'`).trim();
}

function examplesOf(folder: string): readonly string[] {
  const path = `${folder}/examples`;
  return existsSync(join(root, path)) ? readdirSync(join(root, path)).map((file) => `${path}/${file}`) : [];
}

function read(path: string): string {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '';
}
