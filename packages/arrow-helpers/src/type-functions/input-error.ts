/** What PostgreSQL's input and receive functions say of values that they do not take. */
import { PgError, sqlstate } from '@riffq/wire';

/** 22P02: the text is no value of the type. */
export function invalidInput(typeName: string, input: string): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_text_representation,
    message: `invalid input syntax for type ${typeName}: "${input}"`,
  });
}

/** 22003: the text is a number that the type cannot hold. */
export function outOfRange(typeName: string, input: string): PgError {
  return new PgError({
    sqlstate: sqlstate.numeric_value_out_of_range,
    message: `value "${input}" is out of range for type ${typeName}`,
  });
}

/** 22P03: the bytes are no value of the type. */
export function invalidBinary(message: string, detail?: string): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_binary_representation,
    message,
    ...(detail === undefined ? {} : { detail }),
  });
}

/** 22P03: a value's bytes go on after its end. */
export function incorrectBinary(): PgError {
  return invalidBinary('incorrect binary data format');
}

/** 08P01: a value's bytes end too early. */
export function tooShort(): PgError {
  return new PgError({ sqlstate: sqlstate.protocol_violation, message: 'insufficient data left in message' });
}
