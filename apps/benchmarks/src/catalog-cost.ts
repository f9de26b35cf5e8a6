import { type Catalog, createCatalog, type LazyCatalogSource, LazySource, type RelationRow } from '@riffq/catalog';
import { type Bar, bars } from './bars.js';
import { type Benchmark, holds, type Measure, timeMeasure } from './benchmark.js';

const columnNames = ['id', 'placed', 'total', 'name', 'city', 'street', 'phone', 'note', 'size', 'kind'];
const int8 = 20;
const runs = 10;
const asking = { user: 'alice', database: 'shop' };

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

/** A live source of so many tables of ten columns; the first one has as many more as `changes` says. */
class ManyTables implements LazyCatalogSource {
  changes = 0;
  pulls = 0;
  versioned = false;

  /** @param tellsVersions - whether each table's row says that it is as before */
  constructor(
    readonly tables: number,
    readonly tellsVersions: boolean,
  ) {}

  databases = () => [{ oid: 70_000, name: 'shop' }];
  schemas = () => [{ oid: 2200, name: 'public' }];
  columns = () => [];

  version = () => (this.versioned ? this.changes : Math.random());

  relations = (): readonly RelationRow[] => {
    this.pulls += 1;
    return Array.from({ length: this.tables }, (_, number) => {
      const names =
        number === 0 ? [...columnNames, ...Array.from({ length: this.changes }, (_, at) => `more_${at}`)] : columnNames;
      return {
        oid: 100_000 + 2 * number,
        reltypeOid: 100_001 + 2 * number,
        name: `table_${number}`,
        columns: names.map((name) => ({ name, typeOid: int8, nullable: true })),
        ...(this.tellsVersions && { version: number === 0 ? this.changes : 0 }),
      };
    });
  };
}

/** What catalogs of thousands of tables cost. */
export const catalogCost: Benchmark = {
  name: 'catalog-cost',
  title,
  async measure() {
    return [...(await cost(1000, bars.catalogFirst1000)), ...(await cost(10_000, bars.catalogFirst10000))];
  },
};

async function cost(tables: number, firstBar: Bar): Promise<readonly Measure[]> {
  const source = new ManyTables(tables, true);
  await using catalog = createCatalog(new LazySource(source));
  await catalog.warm('shop');
  const what = (text: string): string => `${tables.toLocaleString('en')} tables: ${text}`;
  const first = await cpuOf(catalog, 'SELECT 1 FROM pg_class LIMIT 1');
  const measures = [timeMeasure(what('first pull and write'), first, firstBar)];
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
  measures.push(
    timeMeasure(what('one changed, beside a query without; rows have a version'), told, bars.catalogChange),
  );
  const silent = new ManyTables(tables, false);
  await using other = createCatalog(new LazySource(silent));
  const found = await changeCost(silent, other);
  return [...measures, timeMeasure(what('one changed; rows have none'), found, bars.catalogChange)];
}

/** What a change costs besides what a query costs anyway. */
async function changeCost(source: ManyTables, catalog: Catalog): Promise<number> {
  source.versioned = true;
  await cpuOf(catalog, describeTable);
  const unchanged = await least(() => cpuOf(catalog, describeTable));
  const changed = await least(() => {
    source.changes += 1;
    return cpuOf(catalog, describeTable);
  });
  return changed - unchanged;
}

async function least(measure: () => Promise<number>): Promise<number> {
  let found = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run += 1) found = Math.min(found, await measure());
  return found;
}

/** Milliseconds of the processor that a query takes. */
async function cpuOf(catalog: Catalog, sql: string): Promise<number> {
  const before = process.cpuUsage();
  await catalog.query(sql, [], asking);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
