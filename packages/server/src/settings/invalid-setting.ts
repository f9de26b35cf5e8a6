import { PgError, sqlstate } from '@riffq/wire';

/** 22023: a setting cannot have such a value. */
export function invalidSetting(
  name: string,
  value: string,
  more: { readonly detail?: string; readonly hint?: string } = {},
): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `invalid value for parameter "${name}": "${value}"`,
    ...more,
  });
}

/** 42704: there is no setting of the name. */
export function unrecognizedSetting(name: string): PgError {
  return new PgError({
    sqlstate: sqlstate.undefined_object,
    message: `unrecognized configuration parameter "${name}"`,
    hint: "A name with a dot can be set to anything. A program has settings of its own by its catalog source's settings(), its connection's hasSetting(), or sessionStatements: 'handler'.",
  });
}

/** 0A000: a setting has nothing to go back to. */
export function cannotReset({ name }: { readonly name: string }): PgError {
  return new PgError({ sqlstate: sqlstate.feature_not_supported, message: `parameter "${name}" cannot be reset` });
}

/** 42602: a setting of the name is not for clients. */
export function reservedSetting(name: string): PgError {
  const [prefix] = name.split('.');
  return new PgError({
    sqlstate: sqlstate.invalid_name,
    message: `invalid configuration parameter name "${name}"`,
    detail: `"${prefix}" is a reserved prefix.`,
  });
}

/** 54000: what a session has set is as long as it may be. */
export function tooLongSettings(limit: number): PgError {
  return new PgError({
    sqlstate: sqlstate.program_limit_exceeded,
    message: 'the settings are too long',
    detail: `Those of one session may have ${limit} bytes together.`,
    hint: 'RESET, or set to shorter values, those that are not needed any more; in a transaction, release its savepoints.',
  });
}

/** 53400: a session has as many settings of its own as it may. */
export function tooManySettings(limit: number): PgError {
  return new PgError({
    sqlstate: sqlstate.configuration_limit_exceeded,
    message: 'too many settings',
    detail: `A session can have ${limit} that PostgreSQL does not know.`,
    hint: 'Use fewer names, or connect again.',
  });
}
