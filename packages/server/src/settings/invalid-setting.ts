import { PgError, sqlstate } from '@riffq/wire';

/** 22023: a setting cannot have such a value. */
export function invalidSetting(name: string, value: string, hint?: string): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `invalid value for parameter "${name}": "${value}"`,
    ...(hint === undefined ? {} : { hint }),
  });
}
