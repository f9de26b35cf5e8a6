import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  type Client,
  ClientAbsentError,
  ClientError,
  type Connection,
  lacking,
  type Result,
  type ServerAddress,
} from '../client.js';
import { parseCsv } from './parse-csv.js';

// Cannot be the text of a value that a behaviour selects.
const nullText = '\u0001null\u0001';

/** The `psql` on the path, with its own libpq or with that of another folder, in the form of `LD_LIBRARY_PATH`. */
export async function startPsql(libraries?: string): Promise<Client> {
  const { stdout } = await promisify(execFile)('psql', ['--version']).catch(() => {
    throw new ClientAbsentError('psql is not installed');
  });
  const version = /\d+(\.\d+)*/.exec(stdout)?.[0];
  const extended = 'it asks by simple query (`\\bind` came with psql 16)';
  const lacks = {
    text: extended,
    binary: extended,
    parameters: extended,
    batch: 'it sends one statement at a time (`\\startpipeline` came with psql 18)',
    copyRows: '`\\copy` takes data that is encoded already',
    echo: extended,
    cancel: 'interrupted, it ends, when its commands do not come from a terminal',
    ways: 'it has no other way of asking',
  };
  return {
    version: `psql ${version}`,
    lacks,
    ways: [],
    unreadable: [],
    connect: (address) => connect(address, libraries),
    close: async () => undefined,
  };
}

async function connect(address: ServerAddress, libraries: string | undefined): Promise<Connection> {
  const folder = await mkdtemp(join(tmpdir(), 'riffq-psql-'));
  const session = new PsqlSession(address, libraries);
  await session.run(`\\pset null '${nullText}'\n\\set VERBOSITY verbose`);
  const file = join(folder, 'copy');
  return {
    query: (sql) => session.query(sql),
    script: async (sql) => [await session.query(sql.replaceAll(';', '\\;'))],
    batch: lacking,
    portions: async (sql, size) => [await session.fetch(sql, size)],
    async copyOut(query, format) {
      await session.query(`COPY (${query}) TO STDOUT (FORMAT ${format}) \\g '${file}'`);
      return readFile(file);
    },
    async copyIn({ table, columns }, format, data) {
      await writeFile(file, data);
      const target = `${table} (${columns.join(', ')})`;
      const { tag } = await session.query(`\\copy ${target} from '${file}' with (format ${format})`);
      return tag;
    },
    copyRows: lacking,
    echo: lacking,
    copyEcho: lacking,
    start: lacking,
    async close() {
      await session.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A psql that reads commands from a pipe. */
class PsqlSession {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<unknown>;
  #output = '';
  #diagnostics = '';

  constructor({ host, port, user, database, password, settings }: ServerAddress, libraries: string | undefined) {
    const added = Object.entries(settings ?? {}).map(([name, value]) => `${name}='${value}'`);
    const target = [`dbname='${database}'`, ...added].join(' ');
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'));
    const address = { PGHOST: host, PGPORT: String(port), PGUSER: user, PGPASSWORD: password };
    const linked = libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries };
    const env = { ...Object.fromEntries(own), ...address, ...linked, PGCLIENTENCODING: 'UTF8', LC_ALL: 'C' };
    const child = spawn('psql', ['--no-psqlrc', '--quiet', '--csv', '--no-password', target], { env });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#diagnostics += text;
    });
    // A psql that could not connect is gone before we write; its end tells.
    child.stdin.on('error', () => undefined);
    this.#process = child;
    this.#ended = once(child, 'close');
  }

  /** Runs a statement of SQL, or a command of psql's that is one. */
  async query(sql: string): Promise<Result> {
    const { output, rowCount } = await this.run(/\\(g|copy) /.test(sql) ? sql : `${sql};`);
    // :SQLSTATE does not tell what became of a COPY that had begun.
    const sqlstate = /^ERROR: +(\w{5}):/m.exec(this.#diagnostics)?.[1];
    if (sqlstate !== undefined) {
      throw new ClientError(sqlstate, this.#diagnostics.trim());
    }
    const [header = [], ...rows] = parseCsv(output);
    return {
      columns: header.map((name) => ({ name, type: null })),
      rows: rows.map((row) => row.map((text) => (text === nullText ? 'null' : JSON.stringify(text)))),
      tag: `rows: ${rowCount}`,
    };
  }

  /** Has psql ask for portions of rows; it prints them as one. */
  async fetch(sql: string, size: number): Promise<Result['rows']> {
    await this.run(`\\set FETCH_COUNT ${size}`);
    const { rows } = await this.query(sql);
    await this.run('\\unset FETCH_COUNT');
    return rows;
  }

  /** Runs psql commands and gives what they printed, with the number of rows of the last SQL among them. */
  async run(commands: string): Promise<{ output: string; rowCount: string }> {
    this.#output = '';
    this.#diagnostics = '';
    const marker = randomUUID();
    const end = new RegExp(`^${marker} (\\S+)\\n`, 'm');
    this.#process.stdin.write(`${commands}\n\\warn ${marker}\n\\echo ${marker} :ROW_COUNT\n`);
    for (;;) {
      // The whole output is looked through only when its end may be there.
      const found = this.#output.endsWith('\n') ? end.exec(this.#output.slice(-200)) : null;
      if (found && this.#diagnostics.endsWith(`${marker}\n`)) {
        const [line, rowCount = ''] = found;
        return { output: this.#output.slice(0, -line.length), rowCount };
      }
      if (this.#process.exitCode !== null) {
        throw new Error(`psql ended: ${this.#diagnostics.trim()}`);
      }
      const { stdout, stderr } = this.#process;
      const abandoned = new AbortController();
      const { signal } = abandoned;
      await Promise.race([once(stdout, 'data', { signal }), once(stderr, 'data', { signal }), this.#ended]);
      abandoned.abort();
    }
  }

  async close(): Promise<void> {
    this.#process.stdin.end();
    await this.#ended;
  }
}
