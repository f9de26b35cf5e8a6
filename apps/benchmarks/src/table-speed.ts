import type { Oracle } from '@riffq/conformance/oracle';
import pg from 'pg';
import { DrainClient, type ResultFormat } from './drain-client.js';
import { processCpu } from './process-cpu.js';
import { ServerUnderTest } from './server-under-test.js';
import { createTableStatement, type TableName, tables } from './synthetic-table.js';

export const formats = ['text', 'binary'] as const;

/** One result of one server. */
interface Run {
  readonly server: 'riffq' | 'PostgreSQL';
  readonly format: ResultFormat;
  readonly rowsPerSecond: number;
  /** Nanoseconds of the server's CPU per row; undefined where it cannot be read. */
  readonly cpuPerRow: number | undefined;
  /** Of the time, what the client had a core for. */
  readonly clientShare: number;
}

/** The fastest of one server's runs of one result, with the least CPU of any. */
export interface SpeedResult extends Run {
  /** Of all DataRow messages. */
  readonly md5: string;
}

/** Bytes of JavaScript objects, beside the bytes and the values that were sent. */
export interface MadeObjects {
  readonly objectBytes: number;
  readonly sentBytes: number;
  readonly values: number;
}

/** What one table took. */
export interface TableSpeed {
  readonly results: readonly SpeedResult[];
  /** Rows per second of CPU beside PostgreSQL's, of every round; undefined where the CPU cannot be read. */
  readonly perCpu: Readonly<Record<ResultFormat, readonly number[] | undefined>>;
  /** What one more run in each format has made and sent. */
  readonly made: MadeObjects;
  /** Milliseconds of collecting garbage per million rows. */
  readonly collecting: number;
}

/**
 * Has tables sent by us and by PostgreSQL, all of them once in each round, so that what else the machine does meets all alike. A
 * round before is hashed, and warms all up.
 */
export async function measureTables(
  oracle: Oracle,
  names: readonly TableName[],
  rounds: number,
): Promise<ReadonlyMap<TableName, TableSpeed>> {
  await using loader = await Loader.connect(oracle);
  const contests: Contest[] = [];
  const found = new Map<TableName, TableSpeed>();
  try {
    for (const name of names) contests.push(await Contest.open(oracle, loader, name));
    for (const format of formats) for (const contest of contests) await contest.warmUp(format);
    for (let round = 0; round < rounds; round += 1) {
      for (const format of formats) for (const contest of contests) await contest.run(format, round % 2 === 1);
    }
    for (const contest of contests) found.set(contest.name, await contest.speed());
  } finally {
    for (const contest of contests) await contest.close();
  }
  return found;
}

/** Makes the tables in PostgreSQL. */
class Loader implements AsyncDisposable {
  private constructor(readonly client: pg.Client) {}

  static async connect({ address }: Oracle): Promise<Loader> {
    const client = new pg.Client({ ...address });
    await client.connect();
    return new Loader(client);
  }

  async create(name: TableName): Promise<void> {
    await this.client.query(createTableStatement(name, tables[name], tables[name].rows));
    await this.client.query(`VACUUM (FREEZE, ANALYZE) ${name}`);
  }

  /** The process that serves a client; the oracle gives every session one of its own. */
  async processOf(client: DrainClient): Promise<number> {
    const text = 'SELECT pid FROM pg_stat_activity WHERE client_port = $1';
    const { rows } = await this.client.query(text, [client.localPort]);
    return Number(rows[0]?.pid);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.end();
  }
}

interface Side {
  readonly server: SpeedResult['server'];
  readonly client: DrainClient;
  /** Seconds so far. */
  readonly cpu: () => Promise<number | undefined>;
}

/** One table, at both servers. */
class Contest {
  readonly #runs: Run[] = [];
  /** Of all DataRow messages, by server and format. */
  readonly #md5 = new Map<string, string>();

  private constructor(
    readonly name: TableName,
    readonly ours: ServerUnderTest,
    readonly sides: readonly Side[],
    readonly loader: Loader,
  ) {}

  static async open(oracle: Oracle, loader: Loader, name: TableName): Promise<Contest> {
    await loader.create(name);
    const ours = await ServerUnderTest.start(name, tables[name].rows);
    const postgres = await DrainClient.connect(oracle.address);
    const riffq = await DrainClient.connect(ours.address);
    const pid = await loader.processOf(postgres);
    const sides: readonly Side[] = [
      { server: 'riffq', client: riffq, cpu: async () => (await ours.usage()).cpu },
      { server: 'PostgreSQL', client: postgres, cpu: () => processCpu(pid) },
    ];
    return new Contest(name, ours, sides, loader);
  }

  async warmUp(format: ResultFormat): Promise<void> {
    for (const { server, client } of this.sides) {
      const { md5 = '' } = await client.drain(this.#sql, { format, hash: true });
      this.#md5.set(`${server} ${format}`, md5);
    }
  }

  /** One run of each side, every other one the other way about: none always comes behind the other. */
  async run(format: ResultFormat, reversed: boolean): Promise<void> {
    const { rows } = tables[this.name];
    for (const { server, client, cpu } of reversed ? this.sides.toReversed() : this.sides) {
      const before = await cpu();
      const { seconds, clientCpu } = await client.drain(this.#sql, { format });
      const after = await cpu();
      const cpuPerRow = before === undefined || after === undefined ? undefined : ((after - before) / rows) * 1e9;
      this.#runs.push({ server, format, rowsPerSecond: rows / seconds, cpuPerRow, clientShare: clientCpu / seconds });
    }
  }

  /** The best runs, and what one more of ours leaves to the garbage collector. */
  async speed(): Promise<TableSpeed> {
    const riffq = this.sides[0]?.client;
    const before = await this.ours.usage();
    let bytes = 0;
    for (const format of formats) bytes += (await riffq?.drain(this.#sql, { format }))?.bytes ?? 0;
    const after = await this.ours.usage();
    const { rows, columns } = tables[this.name];
    const sentRows = rows * formats.length;
    return {
      results: this.sides.flatMap(({ server }) => formats.map((format) => this.#result(server, format))),
      perCpu: { text: this.#perCpu('text'), binary: this.#perCpu('binary') },
      made: {
        objectBytes: after.allocated - before.allocated,
        sentBytes: bytes,
        values: sentRows * columns.length,
      },
      collecting: ((after.collecting - before.collecting) * 1e9) / sentRows,
    };
  }

  async close(): Promise<void> {
    for (const { client } of this.sides) await client.close();
    await this.ours[Symbol.asyncDispose]();
    await this.loader.client.query(`DROP TABLE ${this.name}`);
  }

  get #sql(): string {
    return `SELECT * FROM ${this.name}`;
  }

  #runsOf(server: SpeedResult['server'], format: ResultFormat): readonly Run[] {
    return this.#runs.filter((run) => run.server === server && run.format === format);
  }

  #result(server: SpeedResult['server'], format: ResultFormat): SpeedResult {
    const runs = this.#runsOf(server, format);
    const fastest = runs.reduce((best, run) => (run.rowsPerSecond > best.rowsPerSecond ? run : best));
    const costs = runs.map(({ cpuPerRow }) => cpuPerRow).filter((cost) => cost !== undefined);
    return {
      ...fastest,
      cpuPerRow: costs.length < runs.length ? undefined : Math.min(...costs),
      md5: this.#md5.get(`${server} ${format}`) ?? '',
    };
  }

  #perCpu(format: ResultFormat): readonly number[] | undefined {
    const theirs = this.#runsOf('PostgreSQL', format);
    const ratios = this.#runsOf('riffq', format).map(({ cpuPerRow }, round) => {
      return (theirs[round]?.cpuPerRow ?? Number.NaN) / (cpuPerRow ?? Number.NaN);
    });
    return ratios.some(Number.isNaN) ? undefined : ratios;
  }
}
