import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the npm package `vega-datasets` keeps its files. */
const folder = join(dirname(fileURLToPath(import.meta.resolve('vega-datasets'))), '..', 'data');

/** A table of the demo: the SQL that reads it out of a file. */
export interface Dataset {
  readonly table: string;
  readonly file: string;
  /** A query over the file, `$file` standing for its quoted path. */
  readonly select: string;
}

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
];

/** The statement that makes a dataset's table. */
export function loadStatement({ table, file, select }: Dataset): string {
  const path = join(folder, file).replaceAll("'", "''");
  return `CREATE TABLE ${table} AS ${select.replace('$file', () => `'${path}'`)}`;
}

/** The path of one of the package's files. */
export function datasetPath(file: string): string {
  return join(folder, file);
}
