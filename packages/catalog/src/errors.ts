import { isPgError, PgError, sqlstate } from '@riffq/wire';
import { longestName } from './clip-name.js';

/** A statement ran longer than the watchdog allows. */
export function statementOverran(milliseconds: number): PgError {
  return new PgError({
    sqlstate: sqlstate.query_canceled,
    message: 'canceling statement due to statement timeout',
    detail: `A catalog query may run for ${milliseconds} ms.`,
    hint: 'Ask for less at once, or have the limit of the catalog raised.',
  });
}

/** A statement ran for long while others waited. */
export function statementHeldOthers(milliseconds: number): PgError {
  return new PgError({
    sqlstate: sqlstate.query_canceled,
    message: 'canceling statement because other catalog queries wait for it',
    detail: `A catalog query may run for ${milliseconds} ms when others wait.`,
    hint: 'Ask for less at once, or have the shared timeout of the catalog raised.',
  });
}

/** A user's statements ended PostgreSQL again and again. */
export function endedTooOften(by: 'user' | 'address', milliseconds: number): PgError {
  return new PgError({
    sqlstate: sqlstate.configuration_limit_exceeded,
    message: `too many catalog queries of this ${by} had to be ended`,
    hint: `Ask again in ${Math.ceil(milliseconds / 1000)} seconds, and for less at once.`,
  });
}

/** PostgreSQL ended under a statement. */
export function engineDied(reason: string): PgError {
  return new PgError({
    sqlstate: sqlstate.system_error,
    message: 'the catalog engine ended while it ran this statement',
    detail: reason,
    hint: 'The next catalog query starts a new one.',
  });
}

/** A statement wanted more memory than there is for it. */
export function engineOutOfMemory(limit: number): PgError {
  return new PgError({
    sqlstate: sqlstate.system_error,
    message: 'the catalog engine ran out of memory',
    detail: `It may use ${limit} bytes.`,
    hint: 'Ask for less at once, or have the limit of the catalog raised.',
  });
}

/** PostgreSQL could not be started. */
export function engineNotStarted(reason: string): PgError {
  return new PgError({
    sqlstate: sqlstate.system_error,
    message: 'the catalog engine could not be started',
    detail: reason,
    hint: 'See whether @electric-sql/pglite is installed and whether there is memory for it.',
  });
}

/** An answer is longer than what is kept of one. */
export function resultTooLarge(limit: number): PgError {
  return new PgError({
    sqlstate: sqlstate.program_limit_exceeded,
    message: 'result of a catalog query is too large',
    detail: `It may have ${limit} bytes.`,
    hint: 'Select fewer rows or columns, or add LIMIT.',
  });
}

/** The catalog was closed while, or before, it was asked. */
export function catalogClosed(): PgError {
  return new PgError({ sqlstate: sqlstate.admin_shutdown, message: 'the catalog is closed' });
}

/** The source has content for a database that it does not list. */
export function databaseNotListed(name: string): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_catalog_name,
    message: `database "${name}" does not exist`,
    detail: 'The source does not list it among its databases.',
  });
}

/** As many databases are being asked as may be at once. */
export function tooManyEngines(limit: number): PgError {
  return new PgError({
    sqlstate: sqlstate.too_many_connections,
    message: 'too many databases are asked about their catalogs at once',
    detail: `There can be ${limit}.`,
    hint: 'Ask again, or have the limit of the catalog raised.',
  });
}

/** A statement that is no reading of the catalog came to the engine. */
export function notAReadingStatement(keyword: string): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: keyword === '' ? 'this is no statement of the catalog' : `${keyword} is not supported on the catalog`,
    hint: 'The catalog is read with SELECT, WITH, VALUES, TABLE, SHOW and EXPLAIN, one statement at a time.',
  });
}

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

/** A statement joins PostgreSQL's own tables with the user's, which live in two places. */
export function joinsCatalogWithTables(catalogTable: string, userTable: string): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `cannot query "${catalogTable}" of the system catalog and "${userTable}" in one statement`,
    hint: 'Query the system catalog and the tables in two statements.',
  });
}

/** A statement reads rows of the user's tables, which are where the program has them. */
export function tableWithoutRows(): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: 'the catalog has no rows of the tables that it describes',
    hint: 'Query the tables where they are, and here pg_catalog and information_schema.',
  });
}

/** A function that the catalog does not run for clients. */
export function permissionDenied(functionName: string): PgError {
  return new PgError({
    sqlstate: sqlstate.insufficient_privilege,
    message: `permission denied for function ${functionName}`,
  });
}

/** set_config in a catalog query must show what it sets, and may not change who the client is. */
export function unknownSetting(): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: 'set_config() in a catalog query takes a constant name, other than role and session_authorization',
    hint: 'Use SET, or set_config() with a constant, a parameter or a column as its first argument.',
  });
}

const sourceError = (message: string, more: { cause?: unknown; detail?: string } = {}): PgError =>
  new PgError({ sqlstate: sqlstate.internal_error, message, ...more });

/** A method of a lazy source threw, or its promise was rejected; a PgError goes to the client as it is. */
export function sourceFailed(call: string, error: unknown): PgError {
  if (isPgError(error)) return error;
  const type = error instanceof Error ? error.name : typeof error;
  const message = error instanceof Error ? error.message : String(error);
  return sourceError(`lazy catalog source error: ${type}: ${message}`, { detail: `${call} failed`, cause: error });
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
export function invalidField(method: string, name: string, expected: string, value: unknown): PgError {
  const shown =
    typeof value === 'string' ? JSON.stringify(value) : typeof value === 'number' ? String(value) : kindOf(value);
  return sourceError(`${rowOf(method)}: field '${name}' must be ${expected}, not ${shown}`);
}

/** A relation is neither table nor view. */
export function unknownRelationKind(kind: unknown): PgError {
  return sourceError(`unknown relation kind '${String(kind)}' (use table/view/materialized_view)`);
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

/** A client asks for a database that the source does not have. */
export function unknownDatabase(name: string, available: readonly string[]): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.invalid_catalog_name,
    message: `database "${name}" does not exist`,
    hint: `available databases: ${available.join(', ')}`,
  });
}

function kindOf(value: unknown): string {
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

/** A text that is no type's name. */
export function typeNameSyntax(text: string): PgError {
  return new PgError({ sqlstate: sqlstate.syntax_error, message: `invalid type name "${text}"` });
}

/** A length, precision or scale that the type does not have. */
export function invalidModifier(message: string): PgError {
  return new PgError({ sqlstate: sqlstate.invalid_parameter_value, message });
}

/** A type that takes none was given a modifier. */
export function modifierNotAllowed(type: string): PgError {
  return new PgError({
    sqlstate: sqlstate.syntax_error,
    message: `type modifier is not allowed for type "${type}"`,
  });
}

/** There are no arrays of arrays: those of PostgreSQL have any number of dimensions. */
export function noArrayType(text: string): PgError {
  return new PgError({ sqlstate: sqlstate.undefined_object, message: `could not find array type for "${text}"` });
}

/** A type that only functions have. */
export function pseudoType(type: string): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_table_definition,
    message: `a column cannot be of pseudo-type ${type}`,
  });
}

/** A registered column is not described well. */
export function invalidColumn(message: string): PgError {
  return new PgError({ sqlstate: sqlstate.invalid_table_definition, message });
}

/** Two columns of a registered table are one. */
export function columnGivenTwice(one: string, other: string): PgError {
  if (one === other) return invalidColumn(`column "${one}" is given twice`);
  return invalidColumn(`two columns are one: ${sameWhenCut(one, other)}`);
}

/** A type that is neither built in nor registered. */
export function unknownType(name: string): PgError {
  return new PgError({ sqlstate: sqlstate.undefined_object, message: `type "${name}" does not exist` });
}

/** Tells the host program what is wrong with a database, schema or table that it registers; clients never see it. */
export class CatalogRegistrationError extends Error {
  override readonly name = 'CatalogRegistrationError';
  readonly code = 'RIFFQ_ERR_CATALOG_REGISTRATION';
}

/** What should be a live source is no object. */
export function noSource(value: unknown): CatalogRegistrationError {
  return new CatalogRegistrationError(`the catalog source must be an object with methods, not ${kindOf(value)}`);
}

/** Two schemas or tables that are registered are one. */
export function registeredAsOne(kind: string, before: string, name: string): CatalogRegistrationError {
  return new CatalogRegistrationError(`two ${kind}s are one: ${sameWhenCut(before, name)}`);
}

/** What is registered goes into something that has not been. */
export function unregisteredParent(kind: string, name: string, remedy: string): CatalogRegistrationError {
  return new CatalogRegistrationError(`${kind} "${name}" has not been registered: call ${remedy} first`);
}
