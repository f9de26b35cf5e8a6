import { readdirSync, readFileSync } from 'node:fs';

/** A statement that a real tool sent, and where it is: `psql15/001_pg_catalog_pg_database.sql`. */
export interface CorpusStatement {
  readonly path: string;
  readonly sql: string;
}

/** The statements of `test/corpus`, with the comments that say where they are from. */
export function readCorpus(): readonly CorpusStatement[] {
  const corpus = new URL('./corpus/', import.meta.url);
  return readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.includes('/') && path.endsWith('.sql'))
    .sort()
    .map((path) => ({ path, sql: readFileSync(new URL(path, corpus), 'utf8') }));
}
