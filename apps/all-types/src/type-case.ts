import type { DataType } from 'apache-arrow';
import type { PostgresType } from './postgres-type.js';
import type { Raw } from './raw-value.js';

/**
 * A value as Arrow stores it, as PostgreSQL prints it, and its binary form in hex; where its text is not what PostgreSQL
 * reads it from, SQL that makes it.
 */
export type ExpectedValue = readonly [raw: Raw, text: string, binary: string, sql?: string];

/** An Arrow type, what it is in PostgreSQL, and values of it. */
export interface TypeCase {
  readonly type: DataType;
  /** Of the field: extension types. */
  readonly metadata?: ReadonlyMap<string, string>;
  readonly postgres: PostgresType;
  readonly typeModifier?: number;
  readonly values: readonly ExpectedValue[];
}
