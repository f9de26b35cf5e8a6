import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceText } from './import-graph.js';

/** The repository's root folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

type Versions = Readonly<Record<string, string>>;

/** What the checks look at in a package.json. */
export interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly license?: string;
  readonly engines?: Versions;
  readonly scripts?: Versions;
  readonly exports?: Readonly<Record<string, string | Versions>>;
  readonly publishConfig?: { readonly exports?: Readonly<Record<string, string | Versions>> };
  readonly dependencies?: Versions;
  readonly peerDependencies?: Versions;
  readonly optionalDependencies?: Versions;
  readonly devDependencies?: Versions;
}

/** A package of the workspace: `packages/*`, `apps/*`, or the root itself, whose folder is the empty path. */
export interface Member {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Reads a package.json of the repository, or of something that is installed in it. */
export function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

/** The root, then every package and app that is there today. */
export function workspaceMembers(): readonly Member[] {
  const folders = ['packages', 'apps'].flatMap((parent) =>
    readdirSync(join(root, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${parent}/${entry.name}`),
  );
  return ['', ...folders].map((folder) => ({ folder, manifest: readManifest(posix.join(folder, 'package.json')) }));
}

/** Every TypeScript and JavaScript file of ours, but for tools' configuration files, which no package ships. */
export function workspaceSources(): readonly SourceText[] {
  return ['packages', 'apps', 'scripts', 'test']
    .flatMap((folder) => filesBelow(folder))
    .filter((path) => /\.m?[jt]s$/.test(path) && !/\.config\.m?ts$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** The files of a folder and its subfolders, but for what is installed or generated. */
export function filesBelow(folder: string): readonly string[] {
  const notOurs = /(?:^|\/)(?:node_modules|dist|\.turbo|\.cache)$|^docs\/(?:\.vitepress\/cache|reference\/api)$/;
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (notOurs.test(path)) {
      return [];
    }
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
