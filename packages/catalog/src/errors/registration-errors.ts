import { PgError, sqlstate } from '@riffq/wire';
import { kindOf, sameWhenCut } from './source-errors.js';

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

/** What should be milliseconds is less than it can be, or no number. */
export function noDuration(option: string, value: unknown, least: number): CatalogRegistrationError {
  const given = typeof value === 'number' ? String(value) : kindOf(value);
  return new CatalogRegistrationError(`"${option}" must be a number of milliseconds from ${least} on, not ${given}`);
}

/** What should be a live source is no object. */
export function noSource(value: unknown): CatalogRegistrationError {
  return new CatalogRegistrationError(`the catalog source must be an object with methods, not ${kindOf(value)}`);
}

/** What should be a name is none that PostgreSQL could have. */
export function noName(kind: string, value: unknown): CatalogRegistrationError {
  const shown = typeof value === 'string' ? JSON.stringify(value) : kindOf(value);
  return new CatalogRegistrationError(
    `the name of a ${kind} must be a text of well-formed Unicode without NUL, not ${shown}`,
  );
}

/** Two schemas or tables that are registered are one. */
export function registeredAsOne(kind: string, before: string, name: string): CatalogRegistrationError {
  return new CatalogRegistrationError(`two ${kind}s are one: ${sameWhenCut(before, name)}`);
}

/** What is registered goes into something that has not been. */
export function unregisteredParent(kind: string, name: string, remedy: string): CatalogRegistrationError {
  return new CatalogRegistrationError(`${kind} "${name}" has not been registered: call ${remedy} first`);
}
