import { setImmediate } from 'node:timers/promises';
import { type Catalog, createCatalog, LazySource } from '@riffq/catalog';
import { type Bar, bars } from './bars.js';
import { type Benchmark, holds, type Measure, plainTime, timeMeasure } from './benchmark.js';
import { ChildProgram } from './child-program.js';
import { cpuOf, firstCost, isFirstCost } from './first-cost.js';
import { ManyTables } from './many-tables.js';

const runs = 10;
const freshProcesses = 3;

/** psql's `\dt`, as version 18 asks it. */
const listTables = `SELECT n.nspname, c.relname, c.relkind, pg_catalog.pg_get_userbyid(c.relowner)
FROM pg_catalog.pg_class c
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
WHERE c.relkind IN ('r', 'p', '') AND n.nspname <> 'pg_catalog' AND n.nspname !~ '^pg_toast'
  AND n.nspname <> 'information_schema' AND pg_catalog.pg_table_is_visible(c.oid)
ORDER BY 1, 2`;
/** The heart of psql's `\d table_7`. */
const describeTable = `SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity
FROM pg_catalog.pg_attribute a
WHERE a.attrelid = 'table_7'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`;
const columnsOfOne = "SELECT * FROM information_schema.columns WHERE table_name = 'table_7'";

/** Times are of the processor, all threads together: other programs on the machine do not count. */
const title = 'A catalog of 1,000 and of 10,000 tables of ten columns, time of the processor';

/** What catalogs of thousands of tables cost. */
export const catalogCost: Benchmark = {
  name: 'catalog-cost',
  title,
  async measure() {
    return [
      ...(await costOfFreshProcess(1000, bars.catalogFirst1000)),
      ...(await cost(1000, bars.catalogFirst1000)),
      ...(await cost(10_000, bars.catalogFirst10000)),
    ];
  },
};

/** Of the first tables that a process has ever seen: little is compiled by then. Median, for each is a process of its own. */
async function costOfFreshProcess(tables: number, bar: Bar): Promise<readonly Measure[]> {
  const found: number[] = [];
  for (let run = 0; run < freshProcesses; run += 1) {
    await using child = new ChildProgram<never, { readonly cpu: number }>(
      'first-cost-program',
      [`${tables}`],
      isFirstCost,
    );
    found.push((await child.report()).cpu);
  }
  const median = found.sort((a, b) => a - b)[Math.floor(freshProcesses / 2)]!;
  return [timeMeasure(`${tables.toLocaleString('en')} tables: first pull and write of a process`, median, bar)];
}

async function cost(tables: number, firstBar: Bar): Promise<readonly Measure[]> {
  const source = new ManyTables(tables, true);
  await using catalog = createCatalog(new LazySource(source));
  const what = (text: string): string => `${tables.toLocaleString('en')} tables: ${text}`;
  const measures = [timeMeasure(what('first pull and write'), await firstCost(source, catalog), firstBar)];
  source.versioned = true;
  await cpuOf(catalog, listTables);
  const pulls = source.pulls;
  const queries = [
    ['\\dt', listTables, bars.catalogQuery],
    ['\\d of one', describeTable, bars.catalogQuery],
    ['information_schema.columns of one', columnsOfOne, bars.catalogQuery],
    ...(tables === 1000
      ? ([['information_schema.columns of all', 'TABLE information_schema.columns', bars.catalogAllColumns]] as const)
      : []),
  ] as const;
  for (const [name, sql, bar] of queries) {
    measures.push(timeMeasure(what(name), await least(() => cpuOf(catalog, sql)), bar));
  }
  measures.push(holds(what('unchanged version, no pull'), source.pulls === pulls));
  const told = await changeCost(source, catalog);
  const silent = new ManyTables(tables, false);
  await using other = createCatalog(new LazySource(silent));
  const found = await changeCost(silent, other);
  return [
    ...measures,
    plainTime(what("the source's rows alone, made anew"), found.rows),
    timeMeasure(what('one changed, beside these and a query; rows have a version'), told.beside, bars.catalogChange),
    timeMeasure(what('one changed, beside these and a query; rows have none'), found.beside, bars.catalogChange),
  ];
}

/** What a change costs besides what a query costs anyway, and besides the rows that the source makes: a program has these already, or not. */
async function changeCost(
  source: ManyTables,
  catalog: Catalog,
): Promise<{ readonly rows: number; readonly beside: number }> {
  source.versioned = true;
  await cpuOf(catalog, describeTable);
  const unchanged = await least(() => cpuOf(catalog, describeTable));
  const changed = await least(() => {
    source.changes += 1;
    return cpuOf(catalog, describeTable);
  });
  const rows = await least(() => cpuOfRows(source));
  return { rows, beside: changed - unchanged - rows };
}

/** The rows are there until something else has had its turn, as in a pull. */
async function cpuOfRows(source: ManyTables): Promise<number> {
  const before = process.cpuUsage();
  const rows = source.relations();
  await setImmediate();
  if (rows.length !== source.tables) throw new Error('the source has other tables');
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function least(measure: () => Promise<number>): Promise<number> {
  let found = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run += 1) found = Math.min(found, await measure());
  return found;
}
