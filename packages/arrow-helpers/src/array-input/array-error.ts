import { PgError, sqlstate } from '@riffq/wire';

/** More than six dimensions are refused, as in PostgreSQL. */
export const maximumDimensions = 6;

/** As many elements as PostgreSQL's largest allocation has room for. */
export const maximumElements = 134_217_727;

/** 22P02: the text is no array; the detail says why. */
export function malformedArray(literal: string, detail: string): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_text_representation,
    message: `malformed array literal: "${literal}"`,
    detail,
  });
}

/** 54000: the array would exceed a limit. */
export function arrayLimitExceeded(message: string): PgError {
  return new PgError({ sqlstate: sqlstate.program_limit_exceeded, message });
}

/** 54000: more elements than PostgreSQL has room for. */
export function tooManyElements(): PgError {
  return arrayLimitExceeded(`array size exceeds the maximum allowed (${maximumElements})`);
}

/** 22P03: the bytes are no array. */
export function invalidBinary(message: string): PgError {
  return new PgError({ sqlstate: sqlstate.invalid_binary_representation, message });
}
