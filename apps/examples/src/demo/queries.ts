/** A query that shows something, with the values of its parameters. */
export interface DemoQuery {
  readonly title: string;
  readonly sql: string;
  readonly parameters?: readonly unknown[];
}

export const queries: readonly DemoQuery[] = [
  {
    title: 'What there is, asked as every tool asks PostgreSQL',
    sql: `SELECT relname AS name, CASE relkind WHEN 'r' THEN reltuples::bigint END AS rows, relnatts AS columns,
  obj_description(oid, 'pg_class') AS comment
FROM pg_class WHERE relnamespace = 'main'::regnamespace AND relkind IN ('r', 'v') ORDER BY name`,
  },
  {
    title: 'Which columns have keys',
    sql: `SELECT conrelid::regclass AS "table", pg_get_constraintdef(oid) AS constraint
FROM pg_constraint WHERE connamespace = 'main'::regnamespace AND contype IN ('p', 'f') ORDER BY 1, 2`,
  },
  {
    title: 'An aggregate over 3 million flights: the busiest airports and how late they are',
    sql: `SELECT origin, count(*) AS flights, round(avg(delay), 1) AS mean_delay, max(delay) AS worst_delay
FROM flights GROUP BY origin ORDER BY flights DESC LIMIT 8`,
  },
  {
    title: 'A join with a file of another format: the longest routes, with names',
    sql: `SELECT a.city AS "from", b.city AS "to", max(f.distance) AS miles, count(*) AS flights
FROM flights f JOIN airports a ON a.iata = f.origin JOIN airports b ON b.iata = f.destination
GROUP BY ALL ORDER BY miles DESC LIMIT 5`,
  },
  {
    title: 'Parameters ($1 = magnitude, $2 = part of the place), through the extended protocol',
    sql: `SELECT strftime(time, '%Y-%m-%d %H:%M') AS time, magnitude, place FROM earthquakes
WHERE magnitude >= $1 AND place LIKE '%' || $2 || '%' ORDER BY magnitude DESC LIMIT 5`,
    parameters: [5, 'Indonesia'],
  },
  {
    title: 'Seattle by month: rain and heat',
    sql: `SELECT monthname(date) AS month, round(avg(temp_max), 1) AS mean_high, round(sum(precipitation) / 4) AS rain_mm
FROM weather GROUP BY month, month(date) ORDER BY month(date) LIMIT 12`,
  },
];
