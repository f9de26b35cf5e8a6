import { isPgError, PgError, sqlstate } from '@riffq/wire';

/** A statement joins PostgreSQL's own tables with the user's, which live in two places. */
export function joinsCatalogWithTables(catalogTable: string, userTable: string): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `cannot query "${catalogTable}" of the system catalog and "${userTable}" in one statement`,
    hint: 'Query the system catalog and the tables in two statements.',
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
    hint: 'Use SET, or set_config() with a constant or a parameter as its first argument.',
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

export function rowsAreNoList(method: string, value: unknown): PgError {
  return sourceError(`${method}() must pass a list of dicts: got ${kindOf(value)}`);
}

export function rowIsNoObject(method: string, value: unknown): PgError {
  return sourceError(`${method}() rows must be dicts: got ${kindOf(value)}`);
}

/** The Python original's words where it has some; a registration is no row of a source. */
const rowOf = (method: string): string =>
  method.startsWith('register') ? `the description given to ${method}()` : 'lazy catalog row';

export function missingField(method: string, name: string): PgError {
  return sourceError(`${rowOf(method)} is missing required field '${name}'`);
}

export function invalidField(method: string, name: string, expected: string, value: unknown): PgError {
  const shown =
    typeof value === 'string' ? JSON.stringify(value) : typeof value === 'number' ? String(value) : kindOf(value);
  return sourceError(`${rowOf(method)}: field '${name}' must be ${expected}, not ${shown}`);
}

export function unknownRelationKind(kind: unknown): PgError {
  return sourceError(`unknown relation kind '${String(kind)}' (use table/view/materialized_view)`);
}

/** Two rows of a source are the same object. */
export function duplicateEntry(table: string, key: readonly string[], values: readonly unknown[]): PgError {
  const shown = values.map((value) => JSON.stringify(value)).join(', ');
  return sourceError(`lazy catalog source returned a duplicate ${table} entry for (${key.join(', ')}) = [${shown}]`);
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

export function modifierNotAllowed(type: string): PgError {
  return new PgError({
    sqlstate: sqlstate.syntax_error,
    message: `type modifier is not allowed for type "${type}"`,
  });
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

/** A type that is neither built in nor registered. */
export function unknownType(name: string): PgError {
  return new PgError({ sqlstate: sqlstate.undefined_object, message: `type "${name}" does not exist` });
}

/** Tells the host program what is wrong with a database, schema or table that it registers; clients never see it. */
export class CatalogRegistrationError extends Error {
  override readonly name = 'CatalogRegistrationError';
  readonly code = 'RIFFQ_ERR_CATALOG_REGISTRATION';
}

/** What is registered goes into something that has not been. */
export function unregisteredParent(kind: string, name: string, remedy: string): CatalogRegistrationError {
  return new CatalogRegistrationError(`${kind} "${name}" has not been registered: call ${remedy} first`);
}
