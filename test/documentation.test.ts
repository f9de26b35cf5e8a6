import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { typescriptBlocks } from './markdown.js';
import { filesBelow, root, workspaceSources } from './workspace.js';

const pages = ['.github', '.changeset', 'docs', 'packages', 'apps']
  .flatMap((folder) => filesBelow(folder))
  .concat('README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CODE_OF_CONDUCT.md', 'CHANGELOG.md')
  .filter((path) => path.endsWith('.md') && existsSync(join(root, path)));

test('every link from a page to a file of the repository finds it', () => {
  const dead = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !isFile(page, target))
      .map((target) => `${page}: ${target}`),
  );
  expect(dead).toEqual([]);
});

test('every path of the sources that a page names exists', () => {
  const gone = pages.flatMap((page) =>
    [...read(page).matchAll(/`((?:packages|apps|docs|scripts|test|\.ci)\/[\w./-]*\w)\/?`/g)]
      .map(([, path = '']) => path)
      .filter((path) => ![root, join(root, dirname(page))].some((base) => existsSync(join(base, path))))
      .map((path) => `${page}: ${path}`),
  );
  expect(gone).toEqual([]);
});

test('every test that SECURITY.md says holds a promise exists', () => {
  const named = [...read('SECURITY.md').matchAll(/`([\w/-]+\.test\.ts)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(10);
  const folders = [join(root, 'packages/server/test'), root];
  expect(named.filter((path) => !folders.some((folder) => existsSync(join(folder, path))))).toEqual([]);
});

test('the README shows a complete server of at most 20 lines, and it is an example that runs', () => {
  const [server = ''] = typescriptBlocks(read('README.md'));
  const examples = filesBelow('apps/examples/src').map((path) => read(path).trim());
  expect(examples).toContain(server);
  expect(server.split('\n').length).toBeLessThanOrEqual(20);
});

describe('the reference of errors', () => {
  test('explains exactly the codes that the packages throw', () => {
    const thrown = workspaceSources()
      .filter(({ path }) => /^packages\/[^/]+\/src\//.test(path))
      .flatMap(({ text }) => text.match(/\bRIFFQ_ERR_[A-Z_]+\b/g) ?? []);
    const explained = read('docs/reference/errors.md').match(/^## (RIFFQ_ERR_[A-Z_]+)$/gm) ?? [];
    expect(explained.map((heading) => heading.replace('## ', '')).sort()).toEqual([...new Set(thrown)].sort());
  });
});

/** Links between pages of the website leave out `.md`, and `/` is the website's root. */
function isFile(page: string, target: string): boolean {
  const path = target.startsWith('/') ? join(root, 'docs', target) : join(root, dirname(page), target);
  return [path, `${path}.md`].some((candidate) => existsSync(candidate));
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
