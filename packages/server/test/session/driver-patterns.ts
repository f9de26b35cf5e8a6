import { bind, closePortal, describePortal, describeStatement, execute, flush, parse, sync } from '../frames.js';

/** Groups of frames; a driver waits for the answers to one before it sends the next. */
type Pattern = (sql: string) => readonly (readonly Uint8Array[])[];

/** How drivers send one statement and run it once. */
export const driverPatterns: Readonly<Record<string, Pattern>> = {
  'node-postgres, psycopg, Npgsql, psql \\bind': (sql) => [[parse(sql), bind(), describePortal(), execute(), sync()]],
  'libpq, prepared': (sql) => [
    [parse(sql, 's'), sync()],
    [bind({ statement: 's' }), describePortal(), execute(), sync()],
  ],
  'postgres.js, in one go': (sql) => [
    [parse(sql, 's'), describeStatement('s'), bind({ statement: 's' }), execute(), sync()],
  ],
  'postgres.js, described first': (sql) => [
    [parse(sql, 's'), describeStatement('s'), flush()],
    [bind({ statement: 's' }), execute(), sync()],
  ],
  'asyncpg, rust-postgres': (sql) => [
    [parse(sql, 's'), describeStatement('s'), sync()],
    [bind({ statement: 's' }), execute(), sync()],
  ],
  'pgx, prepared': (sql) => [
    [parse(sql, 's'), describeStatement('s'), sync()],
    [bind({ statement: 's' }), describePortal(), execute(), sync()],
  ],
  'pgjdbc, with a fetch size': (sql) => [
    [parse(sql, 's'), bind({ statement: 's', portal: 'c' }), describePortal('c'), execute('c', 100), sync()],
  ],
  'pgjdbc, simple': (sql) => [[parse(sql), bind(), execute(), sync()]],
  'pg-cursor': (sql) => [
    [parse(sql), bind({ portal: 'c' }), describePortal('c'), flush()],
    [execute('c', 100), flush()],
    [closePortal('c'), sync()],
  ],
};

/** Who asks for a statement's columns before it is bound. */
export const describesStatements: ReadonlySet<string> = new Set([
  'postgres.js, in one go',
  'postgres.js, described first',
  'asyncpg, rust-postgres',
  'pgx, prepared',
]);

/** Who asks for columns other than directly before the Execute. */
export const describesAhead: ReadonlySet<string> = new Set([...describesStatements, 'pg-cursor']);
