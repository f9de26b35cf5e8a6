import { StatementType } from '@duckdb/node-api';
import { changesSharedDatabase } from './shared-database-error.js';
import { keywords, type SqlToken, sqlTokens } from './sql-token.js';

/** What never takes a connection into another database; `EXPLAIN ANALYZE` and `EXECUTE` may. */
const staysWhereItIs: ReadonlySet<StatementType> = new Set([
  StatementType.SELECT,
  StatementType.INSERT,
  StatementType.UPDATE,
  StatementType.DELETE,
  StatementType.MERGE_INTO,
  StatementType.COPY,
  StatementType.CREATE,
  StatementType.DROP,
  StatementType.ALTER,
]);

/** Whether a statement of this type may take its connection into another database. */
export function mayChangeDatabase(type: StatementType): boolean {
  return !staysWhereItIs.has(type);
}

/** A DETACH as it is run, and what it detaches. */
export interface Detach {
  readonly database: string;
  readonly sql: string;
}

/**
 * Reads a statement that DuckDB's parser takes for a DETACH. What is run is made of what was read, so that no way of
 * writing it detaches anything else.
 */
export function readDetach(sql: string): Detach {
  const tokens = [...sqlTokens(sql)];
  const name = tokens.at(-1);
  const before = tokens.slice(0, -1).map(({ text }) => text.toUpperCase());
  const form = /^DETACH(?: DATABASE)?( IF EXISTS)?$/.exec(before.join(' '));
  if (name === undefined || form === null) {
    throw changesSharedDatabase('this way of writing DETACH', 'Write DETACH DATABASE IF EXISTS and the name.');
  }
  const database = nameOf(name);
  return { database, sql: `DETACH DATABASE${form[1] ?? ''} "${database.replaceAll('"', '""')}"` };
}

/** The databases that the statements of a script detach. */
export function detachedDatabases(script: string): readonly string[] {
  const tokens = [...sqlTokens(script)];
  return tokens.flatMap(({ kind, text }, at) => {
    if (kind !== 'word' || text.toUpperCase() !== 'DETACH') return [];
    const name = tokens
      .slice(at + 1)
      .find((token) => token.kind !== 'word' || !/^(DATABASE|IF|EXISTS)$/i.test(token.text));
    return name === undefined ? [] : [nameOf(name)];
  });
}

/** What can take a database away from other sessions besides DETACH: only of these are the words looked at, which may be megabytes. */
const mayTakeAway: ReadonlySet<StatementType> = new Set([
  StatementType.ATTACH,
  StatementType.ALTER,
  StatementType.PREPARE,
  StatementType.EXPLAIN,
]);

/**
 * Refuses what would take a database away from other sessions besides DETACH. Words are looked for anywhere in the text,
 * comments and strings too: there is no way to write the statement without them.
 *
 * @throws PgError 0A000
 */
export function requireSharedDatabasesKept(type: StatementType, sql: string): void {
  if (!mayTakeAway.has(type)) return;
  const words = new Set(sql.toUpperCase().match(/\w+/g));
  const has = (...all: readonly string[]): boolean => all.every((word) => words.has(word));
  // The statement is in a file then.
  const imports = has('IMPORT', 'DATABASE') || has('IMPORT_DATABASE');
  const renames = imports || has('ALTER', 'DATABASE', 'SET', 'ALIAS');
  const replaces = imports || has('ATTACH', 'OR', 'REPLACE');
  switch (type) {
    case StatementType.ATTACH:
      if (replaces) throw changesSharedDatabase('ATTACH OR REPLACE', 'DETACH the database before.');
      break;
    case StatementType.ALTER:
      if (renames) throw changesSharedDatabase('ALTER DATABASE', 'DETACH it, and ATTACH it by its other name.');
      break;
    case StatementType.PREPARE:
    case StatementType.EXPLAIN:
      // DuckDB's other parser, which any client can turn on for all, lets anything be prepared.
      if (type === StatementType.EXPLAIN && !has('ANALYZE') && !has('ANALYSE') && !imports) break;
      if (renames || replaces || has('DETACH')) {
        const [command = ''] = keywords(sql);
        throw changesSharedDatabase(`${command} with DETACH, ATTACH or ALTER DATABASE`, 'Run the statement itself.');
      }
  }
}

function nameOf({ kind, text }: SqlToken): string {
  return kind === 'quotedName' ? text.slice(1, -1).replaceAll('""', '"') : text;
}
