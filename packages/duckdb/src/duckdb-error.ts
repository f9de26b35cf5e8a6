import { isPgError, PgError } from '@riffq/wire';
import { type DuckDBError, entryNoun, errorSqlstate } from './error-sqlstate.js';
import type { StatementText } from './statement/statement-text.js';

/** An error of DuckDB as the client gets it: SQLSTATE, place in its own text, DuckDB's suggestions as the hint. */
export function toPgError(error: unknown, text?: StatementText): PgError {
  if (isPgError(error)) return error;
  const parsed = parseError(error instanceof Error ? error.message : String(error));
  const { message, hint } = splitHint(parsed.message);
  return new PgError({
    sqlstate: errorSqlstate(parsed),
    message: postgresMessage(parsed) ?? message,
    ...(hint === undefined ? {} : { hint }),
    ...(parsed.position === undefined || text === undefined ? {} : { position: text.position(parsed.position) }),
    cause: error,
  });
}

interface ParsedError extends DuckDBError {
  /** In bytes from 0. */
  readonly position?: number | undefined;
  /** The name that was not found, or is there already. */
  readonly name?: string | undefined;
}

/** `Kind Error: {json}`, `{json}` alone, or `Kind Error: text` with the place drawn below it. */
function parseError(thrown: string): ParsedError {
  const json = parseJson(thrown.slice(Math.max(0, thrown.indexOf('{'))));
  if (json !== undefined) {
    const position = json.get('position');
    return {
      exceptionType: json.get('exception_type') ?? '',
      message: json.get('exception_message') ?? '',
      subtype: json.get('error_subtype'),
      entryType: json.get('type'),
      name: json.get('name'),
      position: position === undefined ? undefined : Number(position),
    };
  }
  const [, exceptionType = '', text = thrown] = /^([A-Z][\w ]*?) Error: ([\s\S]*)$/.exec(thrown) ?? [];
  return { exceptionType, message: text.replace(/\n\nLINE \d+: [\s\S]*$/, '') };
}

/** All that `errors_as_json` writes are strings, numbers too. */
function parseJson(text: string): ReadonlyMap<string, string> | undefined {
  if (!text.startsWith('{"exception_type"')) return undefined;
  const members: unknown = JSON.parse(text);
  if (typeof members !== 'object' || members === null) return undefined;
  return new Map(Object.entries(members).map(([name, value]) => [name, String(value)]));
}

/** DuckDB puts its suggestions behind the message, on lines of their own. */
function splitHint(text: string): { readonly message: string; readonly hint: string | undefined } {
  const start = text.search(/\n+(\t?Candidate|Did you mean|Use "SET|Either add)/);
  if (start < 0) return { message: text.trim(), hint: undefined };
  const hint = text.slice(start).replace(/\s+/g, ' ').replace('bindings: :', 'bindings:').trim();
  return { message: text.slice(0, start).trim(), hint };
}

/** PostgreSQL's own sentence, where DuckDB gives all that it says. */
function postgresMessage({ subtype, entryType = '', name }: ParsedError): string | undefined {
  if (name === undefined) return undefined;
  if (subtype === 'COLUMN_NOT_FOUND') return `column "${name}" does not exist`;
  const noun = entryNoun(entryType);
  if (noun === undefined) return undefined;
  if (subtype === 'MISSING_ENTRY') return `${noun} "${name}" does not exist`;
  return subtype === 'ENTRY_ALREADY_EXISTS' ? `${noun} "${name}" already exists` : undefined;
}
