import { isPgError, PgError, sqlstate } from '@riffq/wire';
import { longestName } from '../clip-name.js';

/** An object of the source has an OID that PostgreSQL gave to one of its own. */
export function oidIsBuiltIn(oid: number, object: string, builtIn: string): PgError {
  return new PgError({
    sqlstate: sqlstate.duplicate_object,
    message: `OID ${oid} of ${object} belongs to the built-in ${builtIn}`,
    hint: 'Give objects of your own OIDs from 16384 on.',
  });
}

/** A relation of the source has the name of a table that PostgreSQL itself works with. */
export function systemTableReplaced(name: string): PgError {
  return new PgError({
    sqlstate: sqlstate.duplicate_table,
    message: `relation "${name}" of the catalog source has the name of a system table`,
    detail: 'The catalog itself is kept in the system tables, so nothing can take their place.',
    hint: 'Give it another name, or leave it out. The views of pg_catalog and information_schema can be replaced.',
  });
}

/** A relation of the source has the name of a type of PostgreSQL's own, and would have a row type of that name. */
export function rowTypeIsBuiltIn(relation: string): PgError {
  return new PgError({
    sqlstate: sqlstate.duplicate_object,
    message: `type "${relation}" already exists`,
    detail: 'The catalog source has a relation of that name.',
    hint: "A relation has an associated type of the same name, so you must use a name that doesn't conflict with any existing type.",
  });
}

/** An object of the source has the name of one of PostgreSQL's own that it cannot take the place of. */
export function nameIsBuiltIn(kind: 'relation' | 'type', name: string, object: string): PgError {
  return new PgError({
    sqlstate: kind === 'relation' ? sqlstate.duplicate_table : sqlstate.duplicate_object,
    message: `${kind} "${name}" already exists`,
    detail: `The catalog source has ${object} of that name.`,
    hint: 'Give it another name, or leave it out. Only tables and views take the place of built-in views.',
  });
}

/** A schema that PostgreSQL finds by OID has another one in the source. */
export function schemaHasOid(schema: string, given: number, oid: number): PgError {
  return new PgError({
    sqlstate: sqlstate.duplicate_schema,
    message: `OID ${given} of schema "${schema}" of the catalog source is not the one that PostgreSQL finds it by`,
    hint: `Give it OID ${oid}, or leave it out: it is there anyway.`,
  });
}

const sourceError = (message: string, more: { cause?: unknown; detail?: string } = {}): PgError =>
  new PgError({ sqlstate: sqlstate.internal_error, message, ...more });

/** A method of a lazy source threw, its promise was rejected, or so did a row of it; a PgError goes to the client as it is. */
export function sourceFailed(method: string, parameters: readonly string[], error: unknown): PgError {
  if (isPgErrorIfAnything(error)) return error;
  const call = `${method}(${parameters.map((parameter) => JSON.stringify(parameter)).join(', ')})`;
  return sourceError(`lazy catalog source error: ${inWords(error)}`, { detail: `${call} failed`, cause: error });
}

function isPgErrorIfAnything(error: unknown): error is PgError {
  try {
    return isPgError(error);
  } catch {
    return false;
  }
}

/** Programs throw what they like, also what has no text, or throws when it is asked for one. */
function inWords(error: unknown): string {
  try {
    return error instanceof Error
      ? `${String(error.name)}: ${String(error.message)}`
      : `${typeof error}: ${String(error)}`;
  } catch {
    return `${typeof error} without a text`;
  }
}

/** A method of a source gave something else than rows. */
export function rowsAreNoList(method: string, value: unknown): PgError {
  return sourceError(`${method}() must pass a list of dicts: got ${kindOf(value)}`);
}

/** A method of a source gave rows without end. */
export function tooManyRows(method: string, limit: number): PgError {
  return new PgError({
    sqlstate: sqlstate.program_limit_exceeded,
    message: `${method}() of the catalog source gave more than ${limit} rows`,
    hint: 'See whether what it iterates over comes to an end.',
  });
}

/** A relation has more columns than PostgreSQL can number. */
export function tooManyColumns(relation: string, limit: number): PgError {
  return new PgError({
    sqlstate: sqlstate.too_many_columns,
    message: `tables can have at most ${limit} columns`,
    detail: `The catalog source gave more for "${relation}".`,
  });
}

/** A row has no fields. */
export function rowIsNoObject(method: string, value: unknown): PgError {
  return sourceError(`${method}() rows must be dicts: got ${kindOf(value)}`);
}

/** The Python original's words where it has some; a registration is no row of a source. */
const rowOf = (method: string): string =>
  method.startsWith('register') ? `the description given to ${method}()` : 'lazy catalog row';

/** A row lacks a field that it must have; `alias` is its other spelling where the program may use either. */
export function missingField(method: string, name: string, alias: string): PgError {
  const more = alias === name ? {} : { detail: `It may be spelled '${alias}', too.` };
  return sourceError(`${rowOf(method)} is missing required field '${name}'`, more);
}

/** A field of a row is of another type than it must be. */
export function invalidField(
  method: string,
  { name, of }: { readonly name: string; readonly of?: string | undefined },
  expected: string,
  value: unknown,
): PgError {
  const shown =
    typeof value === 'string'
      ? JSON.stringify(value)
      : typeof value === 'number' || typeof value === 'bigint'
        ? String(value)
        : kindOf(value);
  return sourceError(
    `${rowOf(method)}: field '${name}'${of === undefined ? '' : ` of ${of}`} must be ${expected}, not ${shown}`,
  );
}

/** A relation is neither table nor view. */
export function unknownRelationKind(kind: unknown): PgError {
  return sourceError(
    `unknown relation kind '${typeof kind === 'string' ? kind : kindOf(kind)}' (use table/view/materialized_view)`,
  );
}

/** Two rows of a source are the same object; `before` is the last value of the other one's key, which may have been longer. */
export function duplicateEntry(entry: {
  readonly table: string;
  readonly columns: readonly string[];
  readonly values: readonly unknown[];
  readonly before: unknown;
}): PgError {
  const [key, shown] = [entry.columns.join(', '), entry.values.map((value) => JSON.stringify(value)).join(', ')];
  const name = entry.values.at(-1);
  return sourceError(
    `lazy catalog source returned a duplicate ${entry.table} entry for (${key}) = [${shown}]`,
    entry.before === name ? {} : { detail: sameWhenCut(String(entry.before), String(name)) },
  );
}

/** Says why two names are one. */
export function sameWhenCut(one: string, other: string): string {
  return `"${one}" and "${other}" have the first ${longestName} bytes in common, and PostgreSQL keeps no more of a name.`;
}

/** A key names a column twice. */
export function repeatedColumn(column: string, where: string): PgError {
  return sourceError(`column "${column}" appears twice in ${where}`);
}

/** A key, index or foreign key names what is not there. */
export function unknownName(kind: string, name: string, where: string): PgError {
  return sourceError(`unknown ${kind} "${name}" in ${where}`);
}

/** As many columns must refer as are referred to. */
export function foreignKeyMismatch(where: string): PgError {
  return sourceError(`number of referencing and referenced columns for foreign key disagree in ${where}`);
}

/** A value in the words of an error. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** A source did not answer in time. */
export function sourceTimeout(milliseconds: number): PgError {
  return new PgError({
    sqlstate: sqlstate.query_canceled,
    message: `the catalog source did not answer within ${milliseconds} ms`,
    hint: 'Make the source faster, give it a version(), or raise the timeout of the lazy catalog.',
  });
}
