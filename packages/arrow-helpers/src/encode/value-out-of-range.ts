/** Thrown by the writers of single values, which know neither row nor column: the row encoder makes a PgError of it. */
export class ValueOutOfRange extends Error {
  /** @param type - PostgreSQL's name of the type that has no such value */
  constructor(readonly type: string) {
    super(`${type} out of range`);
  }
}
