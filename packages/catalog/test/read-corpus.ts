import { readdirSync, readFileSync } from 'node:fs';

/** A statement that a real tool sent, and where it is: `psql15/001_pg_catalog_pg_database.sql`. */
export interface CorpusStatement {
  readonly path: string;
  readonly sql: string;
}

const corpus = new URL('./corpus/', import.meta.url);

/** Statements that are not compared, by path, and why: lines of `corpus/exclusions.txt`. */
export function readExclusions(): ReadonlyMap<string, string> {
  const lines = readFileSync(new URL('exclusions.txt', corpus), 'utf8').trim().split('\n');
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
}

/** The statements of `test/corpus`, with the comments that say where they are from. */
export function readCorpus(): readonly CorpusStatement[] {
  return readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.includes('/') && path.endsWith('.sql'))
    .sort()
    .map((path) => ({ path, sql: readFileSync(new URL(path, corpus), 'utf8') }));
}
