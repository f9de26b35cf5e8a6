import { sqlstate } from '@riffq/wire';

/** Thrown by the writers of single values, which know neither row nor column: the row encoder makes a PgError of it. */
export class UnsendableValue extends Error {
  /** @param message - without the place, which the row encoder adds */
  constructor(
    readonly sqlstate: string,
    message: string,
    readonly hint: string,
    readonly detail?: string,
  ) {
    super(message);
  }
}

/** A date or time beyond the range of PostgreSQL's `type`. */
export function dateTimeOutOfRange(type: string): UnsendableValue {
  const hint = `PostgreSQL has no such ${type}: send it as text.`;
  return new UnsendableValue(sqlstate.datetime_field_overflow, `${type} out of range`, hint);
}

/** A number beyond the range of PostgreSQL's `type`. */
export function numberOutOfRange(type: string): UnsendableValue {
  const hint = `PostgreSQL's ${type} has no such value: choose a wider type.`;
  return new UnsendableValue(sqlstate.numeric_value_out_of_range, `${type} out of range`, hint);
}
