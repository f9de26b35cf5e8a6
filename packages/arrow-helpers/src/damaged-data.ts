import type { Data } from 'apache-arrow';

/** Thrown while a column is planned whose buffers do not fit each other: the row encoder makes a PgError of it. */
export class DamagedData extends Error {
  /**
   * @param data - the column, or a part of it
   * @param index - of the value there
   * @param message - without the place, which the row encoder adds
   */
  constructor(
    readonly data: Data,
    readonly index: number,
    message: string,
    readonly detail: string,
  ) {
    super(message);
  }
}
