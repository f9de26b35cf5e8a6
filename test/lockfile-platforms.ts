/** The parts of pnpm-lock.yaml (version 9) that tell which binaries an install can find. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, PlatformLimits>>;
  readonly snapshots: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>;
}

interface PlatformLimits {
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

/** What a package's own package.json says: pnpm drops from the lockfile what it did not find in the registry. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly optionalDependencies: readonly string[];
}

interface Platform {
  readonly os: string;
  readonly cpu: string;
  /** Asked of the families that tell one C library from the other. */
  readonly libc?: string;
}

/** Where a clone of this repository has to work. */
const platforms: readonly Platform[] = [
  { os: 'linux', cpu: 'x64', libc: 'glibc' },
  { os: 'linux', cpu: 'x64', libc: 'musl' },
  { os: 'linux', cpu: 'arm64', libc: 'glibc' },
  { os: 'linux', cpu: 'arm64', libc: 'musl' },
  { os: 'darwin', cpu: 'x64' },
  { os: 'darwin', cpu: 'arm64' },
  { os: 'win32', cpu: 'x64' },
];

/** In the name of a platform package: one that we do not have to work on. */
const otherPlatform =
  /\b(aix|android|freebsd|netbsd|openbsd|openharmony|sunos|wasm32|ia32|arm|armv7|loong64|mips64el|ppc64|riscv64|s390x)\b/;

/** What the lockfile lacks, one sentence each: `rollup@4.67.4 lacks @rollup/rollup-darwin-x64`. */
export function missingPlatformPackages(lockfile: Lockfile, installed: readonly InstalledPackage[]): readonly string[] {
  return [...droppedByPnpm(lockfile, installed), ...uncoveredPlatforms(lockfile)];
}

function droppedByPnpm(lockfile: Lockfile, installed: readonly InstalledPackage[]): readonly string[] {
  return installed.flatMap(({ name, version, optionalDependencies }) => {
    const parent = `${name}@${version}`;
    const snapshots = Object.entries(lockfile.snapshots).filter(([key]) => withoutPeers(key) === parent);
    const locked = new Set(snapshots.flatMap(([, snapshot]) => Object.keys(snapshot.optionalDependencies ?? {})));
    // What is installed but not in the lockfile is left from another day.
    return optionalDependencies
      .filter((dependency) => snapshots.length > 0 && !locked.has(dependency) && !otherPlatform.test(dependency))
      .map((dependency) => `${parent} lacks ${dependency}`);
  });
}

function uncoveredPlatforms(lockfile: Lockfile): readonly string[] {
  return Object.entries(lockfile.snapshots).flatMap(([key, { optionalDependencies = {} }]) => {
    const family = Object.entries(optionalDependencies).flatMap(([name, version]) => {
      const limits = lockfile.packages[`${name}@${withoutPeers(version)}`];
      return limits?.os && limits.cpu ? [limits] : [];
    });
    const isFamily = new Set(family.flatMap(({ os }) => os)).size > 1;
    const hasMusl = family.some(({ libc }) => libc?.includes('musl'));
    return platforms
      .filter(({ libc }) => isFamily && (hasMusl || libc !== 'musl'))
      .filter((platform) => !family.some((limits) => runsOn(limits, platform)))
      .map(({ os, cpu, libc }) => `${withoutPeers(key)} has nothing for ${[os, cpu, libc].filter(Boolean).join(' ')}`);
  });
}

function runsOn({ os, cpu, libc }: PlatformLimits, platform: Platform): boolean {
  const hasLibc = libc === undefined || platform.libc === undefined || libc.includes(platform.libc);
  return hasLibc && os?.includes(platform.os) === true && cpu?.includes(platform.cpu) === true;
}

/** `tsup@8.5.1(postcss@8.5.33)` is `tsup@8.5.1`. */
function withoutPeers(key: string): string {
  return key.replace(/\(.*$/, '');
}
