import { PgError, sqlstate, typeOid } from '@riffq/wire';
import { typeName } from './parameter-type.js';

const dateTypes: ReadonlySet<number> = new Set([
  typeOid.date,
  typeOid.time,
  typeOid.timetz,
  typeOid.timestamp,
  typeOid.timestamptz,
  typeOid.interval,
]);

/** A parameter whose text is no value of its type: 22P02, and 22007 for dates and times, as PostgreSQL has it. */
export function invalidParameter(number: number, oid: number, text: string): PgError {
  return new PgError({
    sqlstate: dateTypes.has(oid) ? sqlstate.invalid_datetime_format : sqlstate.invalid_text_representation,
    message: `invalid input syntax for type ${typeName(oid)}: "${text}"`,
    where: `parameter $${number}`,
  });
}

/** A parameter that is a number, but too large for its type: 22003. */
export function parameterOutOfRange(number: number, oid: number, text: string): PgError {
  return new PgError({
    sqlstate: sqlstate.numeric_value_out_of_range,
    message: `value "${text}" is out of range for type ${typeName(oid)}`,
    where: `parameter $${number}`,
    ...(oid === typeOid.numeric ? { hint: 'A DECIMAL has at most 38 digits.' } : {}),
  });
}

/** 08P01, in PostgreSQL's words. */
export function wrongParameterCount(given: number, required: number): PgError {
  return new PgError({
    sqlstate: sqlstate.protocol_violation,
    message: `bind message supplies ${given} parameters, but prepared statement "" requires ${required}`,
  });
}

/** 42P02: a `$n` in a statement that comes without values. */
export function noParameter(number: number, position: number): PgError {
  return new PgError({ sqlstate: sqlstate.undefined_parameter, message: `there is no parameter $${number}`, position });
}
