import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type InstalledPackage, type Lockfile, missingPlatformPackages } from './lockfile-platforms.js';
import { readManifest, root } from './workspace.js';

const text = readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8');

test('the lockfile has the binaries of every platform that a clone has to work on', () => {
  const lockfile: Lockfile = parse(text);
  const installed = installedPackages();
  // Were the folder read wrongly, nothing would be missing.
  expect(installed.map(({ name }) => name)).toEqual(expect.arrayContaining(['turbo', '@biomejs/biome', 'rolldown']));
  expect(missingPlatformPackages(lockfile, installed)).toEqual([]);
});

test('the lockfile names no registry: every user installs from their own', () => {
  expect(text).not.toMatch(/tarball:/);
});

describe('in a made-up lockfile', () => {
  const binaries = (names: readonly string[]): Lockfile => ({
    snapshots: {
      'tool@1.0.0(peer@2.0.0)': { optionalDependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])) },
    },
    packages: Object.fromEntries(
      names.map((name) => {
        const [, os = '', cpu = '', libc = 'glibc'] = name.split('-');
        return [`${name}@1.0.0`, { os: [os], cpu: [cpu], ...(os === 'linux' ? { libc: [libc] } : {}) }];
      }),
    ),
  });
  const complete = ['tool-linux-x64', 'tool-linux-arm64', 'tool-darwin-x64', 'tool-darwin-arm64', 'tool-win32-x64'];
  const tool = (optionalDependencies: readonly string[]) => [{ name: 'tool', version: '1.0.0', optionalDependencies }];

  test('a complete family is not complained about', () => {
    expect(missingPlatformPackages(binaries(complete), tool(complete))).toEqual([]);
  });

  test('a binary that pnpm dropped is named', () => {
    const locked = binaries(complete.filter((name) => name !== 'tool-linux-arm64'));
    expect(missingPlatformPackages(locked, tool(complete))).toEqual([
      'tool@1.0.0 lacks tool-linux-arm64',
      'tool@1.0.0 has nothing for linux arm64 glibc',
    ]);
  });

  test('a family of which pnpm dropped everything is named', () => {
    expect(missingPlatformPackages(binaries([]), tool(complete))).toHaveLength(5);
  });

  test('a binary of a platform that we do not serve may be missing', () => {
    expect(missingPlatformPackages(binaries(complete), tool([...complete, 'tool-aix-ppc64']))).toEqual([]);
  });

  test('a family that knows musl needs it on both processors', () => {
    const locked = binaries([...complete, 'tool-linux-x64-musl']);
    expect(missingPlatformPackages(locked, [])).toEqual(['tool@1.0.0 has nothing for linux arm64 musl']);
  });
});

/** Every package in pnpm's store of this checkout that has optional dependencies. */
function installedPackages(): readonly InstalledPackage[] {
  const store = 'node_modules/.pnpm';
  return readdirSync(join(root, store)).flatMap((entry) => {
    // `@scope+name@1.0.0_peer@2.0.0`
    const name = /^((?:@[^+]+\+)?[^@]+)@/.exec(entry)?.[1]?.replace('+', '/');
    if (name === undefined) {
      return [];
    }
    const { version, optionalDependencies = {} } = readManifest(`${store}/${entry}/node_modules/${name}/package.json`);
    return Object.keys(optionalDependencies).length > 0 && version !== undefined
      ? [{ name, version, optionalDependencies: Object.keys(optionalDependencies) }]
      : [];
  });
}
