import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DuckDBDatabase } from '@riffq/duckdb';
import { tableFromIPC } from 'apache-arrow';

/** Where the npm package `vega-datasets` keeps its files. */
const folder = join(dirname(fileURLToPath(import.meta.resolve('vega-datasets'))), '..', 'data');

/** A table of the demo, and how it is read out of a file: by DuckDB itself, or by apache-arrow. */
export type Dataset = { readonly table: string; readonly file: string } & (
  | {
      /** A query over the file, `$file` standing for its quoted path. */
      readonly select: string;
    }
  | {
      /** The columns of the table that the rows of an Arrow file go into. */
      readonly columns: string;
    }
);

/** Real data in the formats that people have it in. */
export const datasets: readonly Dataset[] = [
  { table: 'flights', file: 'flights-3m.parquet', select: 'SELECT * FROM read_parquet($file)' },
  { table: 'airports', file: 'airports.csv', select: 'SELECT * FROM read_csv($file)' },
  { table: 'weather', file: 'seattle-weather.csv', select: 'SELECT * FROM read_csv($file)' },
  {
    table: 'stocks',
    file: 'stocks.csv',
    select: "SELECT symbol, CAST(strptime(date, '%b %-d %Y') AS DATE) AS date, price FROM read_csv($file)",
  },
  {
    table: 'birdstrikes',
    file: 'birdstrikes.csv',
    select: `SELECT "Flight Date" AS date, "Airport Name" AS airport, "Origin State" AS state,
               "Wildlife Species" AS species, "Cost Total $" AS cost FROM read_csv($file)`,
  },
  {
    table: 'movies',
    file: 'movies.json',
    select: `SELECT CAST("Title" ->> '$' AS VARCHAR) AS title, "Major Genre" AS genre, "Director" AS director,
               "Worldwide Gross" AS worldwide_gross, "IMDB Rating" AS imdb_rating FROM read_json($file)`,
  },
  {
    table: 'earthquakes',
    file: 'earthquakes.json',
    select: `SELECT make_timestamp(f.properties.time * 1000) AS time, f.properties.mag AS magnitude,
               f.properties.place AS place, f.geometry.coordinates[2] AS latitude, f.geometry.coordinates[1] AS longitude
             FROM (SELECT unnest(features) AS f FROM read_json($file))`,
  },
  { table: 'flights_200k', file: 'flights-200k.arrow', columns: 'delay SMALLINT, distance SMALLINT, time FLOAT' },
];

/** What makes tables findable: keys, a view, comments. */
const details = `
  ALTER TABLE airports ADD PRIMARY KEY (iata);
  CREATE TABLE routes (
    origin VARCHAR REFERENCES airports (iata), destination VARCHAR REFERENCES airports (iata),
    miles INTEGER CHECK (miles >= 0), flights BIGINT NOT NULL, PRIMARY KEY (origin, destination));
  INSERT INTO routes SELECT origin, destination, max(distance), count(*) FROM flights
    SEMI JOIN airports ON iata = origin SEMI JOIN airports ON iata = destination GROUP BY ALL;
  CREATE VIEW long_routes AS SELECT * FROM routes WHERE miles > 2500;
  COMMENT ON TABLE flights IS 'three million flights in the USA, first half of 2001';
  COMMENT ON COLUMN flights.delay IS 'minutes, below zero when early';
  COMMENT ON TABLE routes IS 'who flies where, counted from flights';
  COMMENT ON VIEW long_routes IS 'from coast to coast, and further';`;

/** Makes the demo's own database: clients connect to it by its name. */
export function createDatabase(database: DuckDBDatabase): Promise<void> {
  return database.run("ATTACH ':memory:' AS demo");
}

/** Makes a dataset's table. */
export async function loadDataset(database: DuckDBDatabase, dataset: Dataset): Promise<void> {
  const { table, file } = dataset;
  if ('columns' in dataset) {
    await database.run(`CREATE TABLE demo.${table} (${dataset.columns})`);
    await database.insert(['demo', 'main', table], tableFromIPC(await readFile(datasetPath(file))));
  } else {
    const path = datasetPath(file).replaceAll("'", "''");
    await database.run(`CREATE TABLE demo.${table} AS ${dataset.select.replace('$file', () => `'${path}'`)}`);
  }
}

/** Adds to the tables, once all are loaded, what a catalog shows beside columns. */
export function addDetails(database: DuckDBDatabase): Promise<void> {
  return database.run(`USE demo; ${details}`);
}

/** The path of one of the package's files. */
function datasetPath(file: string): string {
  return join(folder, file);
}
