import { posix } from 'node:path';
import { findCycles } from './cycles.js';
import { type ImportReference, importsOf, type SourceText } from './import-graph.js';
import type { Member } from './workspace.js';

const scope = '@riffq/';

/** Which of our packages a package's own code may import; imports go one way. Apps may import every package. */
const allowedImports: Readonly<Record<string, readonly string[]>> = {
  wire: [],
  'arrow-helpers': ['wire'],
  catalog: ['wire'],
  server: ['wire', 'arrow-helpers', 'catalog'],
  duckdb: ['wire', 'arrow-helpers', 'catalog', 'server'],
  testing: ['wire'],
};

/** What one package may hand on as its own, so that a user of the server needs no second import for it. */
const allowedReexports: Readonly<Record<string, readonly string[]>> = {
  server: [
    'toArrow',
    'ArrowStream',
    'ColumnDescription',
    'SchemaDescription',
    'TypeName',
    'PgError',
    'ErrorFields',
    'NoticeFields',
    'CatalogOptions',
    'ColumnRegistration',
    'ColumnRow',
    'DatabaseRow',
    'KeyedColumnRegistration',
    'LazyCatalogOptions',
    'LazyCatalogSource',
    'RelationRow',
    'SchemaRegistration',
    'SchemaRow',
    'TableRegistration',
  ],
};

/** Every program loads these at its start. Of apache-arrow's 146 files a third reads and writes what they do not. */
const loadArrowInParts: readonly string[] = ['arrow-helpers', 'server', 'duckdb'];

interface Import extends ImportReference {
  readonly path: string;
  readonly member: Member;
}

/** What is wrong with the imports of a workspace, one sentence each; nothing when all is well. */
export function importViolations(members: readonly Member[], sources: readonly SourceText[]): readonly string[] {
  const imports = sources.flatMap((source) =>
    importsOf(source).map((reference) => ({ ...reference, path: source.path, member: memberOf(members, source.path) })),
  );
  const wrong = imports.flatMap((reference) => {
    const complaints = reference.specifier.startsWith('.')
      ? relativeComplaints(members, reference)
      : packageComplaints(members, reference);
    return complaints.map((complaint) => `${reference.path}:${reference.line} ${complaint}`);
  });
  return [...wrong, ...packageCycles(members), ...fileCycles(imports)];
}

function relativeComplaints(members: readonly Member[], { path, specifier, member }: Import): readonly string[] {
  const target = posix.join(posix.dirname(path), specifier);
  // What packages are tested with serves to test programs that are made of them.
  if (isTest(path, 'apps/') && isTest(target, 'packages/')) return [];
  return memberOf(members, target) === member ? [] : [`reaches out of its package: ${specifier}`];
}

function isTest(path: string, folder: string): boolean {
  return path.startsWith(folder) && path.includes('/test/');
}

function packageComplaints(members: readonly Member[], reference: Import): readonly string[] {
  const { specifier, member, path } = reference;
  const name = packageNameOf(specifier);
  const complaints: string[] = [];
  if (specifier.startsWith('node:')) {
    return complaints;
  }
  const target = members.find((candidate) => candidate.manifest.name === name);
  const ownCode = member.folder.startsWith('packages/') && path.startsWith(`${member.folder}/src/`);
  if (ownCode && specifier === 'apache-arrow' && !reference.typeOnly && loadArrowInParts.includes(shortName(member))) {
    complaints.push('loads all of apache-arrow, and not one of its files such as apache-arrow/type');
  }
  if (target === member) {
    if (ownCode) {
      complaints.push(`imports its own package by name: ${specifier}`);
    }
  } else if (!isDeclared(members, member, name, ownCode)) {
    complaints.push(`imports ${name}, which its package.json does not declare`);
  }
  if (target) {
    complaints.push(...directionComplaints(member, target, ownCode), ...reexportComplaints(reference));
    const entry = specifier === name ? '.' : `.${specifier.slice(name.length)}`;
    if (!Object.hasOwn(target.manifest.exports ?? {}, entry)) {
      complaints.push(`imports ${specifier}, which ${name} does not export`);
    }
  }
  return complaints;
}

function directionComplaints(member: Member, target: Member, ownCode: boolean): readonly string[] {
  if (target === member || !member.folder.startsWith('packages/')) {
    return [];
  }
  const from = shortName(member);
  const to = shortName(target);
  const allowed = allowedImports[from];
  if (allowed === undefined) {
    return [`is in ${from}, which has no row in test/import-rules.ts`];
  }
  // Tests and examples may start servers and use the table of types; the code that users install may not know of that.
  const alsoAllowed = ownCode ? [] : ['testing', 'all-types'];
  return [...allowed, ...alsoAllowed].includes(to) ? [] : [`imports ${to}, which ${from} may not know`];
}

function reexportComplaints({ member, exportedNames, specifier }: Import): readonly string[] {
  const allowed = allowedReexports[shortName(member)] ?? [];
  return exportedNames
    .filter((name) => !allowed.includes(name))
    .map((name) => `re-exports ${name === '*' ? 'all' : name} of ${specifier}`);
}

function isDeclared(members: readonly Member[], member: Member, name: string, ownCode: boolean): boolean {
  const { dependencies, peerDependencies, optionalDependencies, devDependencies } = member.manifest;
  const installedByUsers = { ...dependencies, ...peerDependencies, ...optionalDependencies };
  // Tests and apps also see what the root brings for all of them: vitest, for one.
  const root = members.find((candidate) => candidate.folder === '');
  const declared = ownCode
    ? installedByUsers
    : { ...installedByUsers, ...devDependencies, ...root?.manifest.devDependencies };
  return Object.hasOwn(declared, name);
}

/** Development dependencies count: the build order has no room for a circle of them either. */
function packageCycles(members: readonly Member[]): readonly string[] {
  const edges = new Map(
    members.map(({ manifest }) => {
      const all = { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.devDependencies };
      return [manifest.name, Object.keys(all).filter((name) => name.startsWith(scope))] as const;
    }),
  );
  return findCycles(edges).map((cycle) => `packages depend on each other: ${cycle.join(' -> ')}`);
}

/** Imports of types alone vanish before the code runs, so they may go round in a circle. */
function fileCycles(imports: readonly Import[]): readonly string[] {
  const edges = new Map<string, string[]>();
  for (const { path, specifier, typeOnly } of imports) {
    if (specifier.startsWith('.') && !typeOnly) {
      const target = posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts');
      edges.set(path, [...(edges.get(path) ?? []), target]);
    }
  }
  return findCycles(edges).map((cycle) => `files import each other: ${cycle.join(' -> ')}`);
}

/** The member whose folder a path is in; the root has what is in nobody's folder. */
function memberOf(members: readonly Member[], path: string): Member {
  const inside = members.filter(({ folder }) => folder === '' || path.startsWith(`${folder}/`));
  const deepest = inside.sort((a, b) => b.folder.length - a.folder.length)[0];
  if (deepest === undefined) {
    throw new Error(`${path} is in no package of the workspace`);
  }
  return deepest;
}

function shortName({ manifest }: Member): string {
  return manifest.name.replace(scope, '');
}

function packageNameOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
