import pg from 'pg';
import { bars } from './bars.js';
import { type Benchmark, bytesMeasure, type Measure, timeMeasure } from './benchmark.js';
import { ChildProgram } from './child-program.js';
import type { ServerReport, Usage, UsageRequest } from './report-usage.js';
import { isReport } from './server-under-test.js';

/** The soonest answer counts, as everywhere, and the most memory. */
const runs = 3;
const databases = ['one', 'two', 'three'] as const;
const memorySaving = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];
const sql = "SELECT relname FROM pg_class WHERE relname = 'orders'";

/** What a program with a catalog takes, from its start to the first answers. */
export const catalogMemory: Benchmark = {
  name: 'catalog-memory',
  title: 'A program with a catalog: when it answers first, the best of three starts, and its memory then',
  async measure() {
    return [
      ...(await program('', [], bars.catalogMemory)),
      ...(await program(", V8's tier-up off", memorySaving, bars.catalogMemorySaved)),
    ];
  },
};

async function program(
  how: string,
  flags: readonly string[],
  bar: typeof bars.catalogMemory,
): Promise<readonly Measure[]> {
  const starts: Start[] = [];
  for (let run = 0; run < runs; run += 1) starts.push(await start(flags));
  const most = (figure: (start: Start) => number): number => Math.max(...starts.map(figure));
  const soonest = Math.min(...starts.map(({ answered }) => answered));
  return [
    timeMeasure(`first answer after the start${how}`, soonest, bars.catalogFirstAnswer),
    bytesMeasure(
      `resident with one database in use${how}`,
      most(({ memory }) => memory),
      bar,
      'MB',
    ),
    bytesMeasure(
      `each further database in use${how}`,
      most(({ further }) => further),
      bars.catalogFurther,
      'MB',
    ),
  ];
}

/** One program: milliseconds to the first answer; bytes with one database in use, and for each further one. */
interface Start {
  readonly answered: number;
  readonly memory: number;
  readonly further: number;
}

async function start(flags: readonly string[]): Promise<Start> {
  const began = performance.now();
  await using child = new ChildProgram<UsageRequest, ServerReport>('catalog-program', databases, isReport, {
    flags,
  });
  const first = await child.report();
  if (!('port' in first)) throw new Error('the program tells no port');
  const [one, ...others] = databases;
  await ask(first.port, one);
  const answered = performance.now() - began;
  const memory = await memoryOf(child);
  for (const database of others) await ask(first.port, database);
  return { answered, memory, further: ((await memoryOf(child)) - memory) / others.length };
}

async function ask(port: number, database: string): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'bench', database });
  await client.connect();
  const { rows } = await client.query(sql);
  if (rows.length !== 1) throw new Error(`the catalog of ${database} has no table`);
  await client.end();
}

async function memoryOf(child: ChildProgram<UsageRequest, ServerReport>): Promise<number> {
  const usage: ServerReport | Usage = await child.ask('usage');
  if ('port' in usage) throw new Error('the program tells no usage');
  return usage.memory;
}
