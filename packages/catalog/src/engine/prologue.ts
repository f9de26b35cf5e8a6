import { identifier, literal } from './sql-text.js';

/** Settings that change what PostgreSQL answers; others are only told to who asks for them. */
const effective = [
  'search_path',
  'timezone',
  'datestyle',
  'intervalstyle',
  'bytea_output',
  'extra_float_digits',
  'application_name',
  'quote_all_identifiers',
  'array_nulls',
  'transform_null_equals',
] as const;

/** Who runs a statement, and what of their session PostgreSQL has to know. */
export interface StatementSession {
  readonly user: string;
  /** The address of who has not shown that they are the user: they are known by that. */
  readonly strangersAddress: string | undefined;
  /** Tells it from others of the same user. */
  readonly session: string;
  /** Users of other sessions, if the statement may see them. */
  readonly otherUsers: ReadonlySet<string> | undefined;
  /** When the client's transaction began, in milliseconds since 1970. */
  readonly began: number | undefined;
  /** The session's settings by name, in lower case, as SHOW gives them. */
  readonly settings: ReadonlyMap<string, string>;
  /** Those of them that the statement can tell. */
  readonly told: ReadonlyMap<string, string>;
  /** Values of the custom settings that functions read, by what follows `riffq.`. */
  readonly facts: ReadonlyMap<string, string>;
}

/**
 * SQL that opens the transaction a statement runs in: read only, as the client's role, with the client's settings, all of
 * which ROLLBACK takes back.
 */
export function prologue(session: StatementSession): string {
  const values: string[] = [];
  for (const name of effective) {
    const value = session.settings.get(name);
    if (value !== undefined) values.push(setting(name, value));
  }
  if (session.told.size > 0) {
    values.push(setting('riffq.settings', JSON.stringify(Object.fromEntries(session.told))));
  }
  for (const [name, value] of session.facts) values.push(setting(`riffq.${name}`, value));
  const settings = values.length === 0 ? '' : `SELECT ${values.join(', ')}; `;
  return `BEGIN READ ONLY; ${settings}SET LOCAL SESSION AUTHORIZATION ${identifier(session.user)}`;
}

function setting(name: string, value: string): string {
  return `pg_toast.set_config(${literal(name)}, ${literal(value)}, true)`;
}
