import type { ColumnDetails, RelationDetails, SchemaDetails } from '../source/catalog-rows.js';

/** A column of a registered table: a type of `toArrow`, or any PostgreSQL type name, and what else is known of it. */
export interface ColumnRegistration extends ColumnDetails {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

/** A column in the Python original's form: one key, the column's name. */
export type KeyedColumnRegistration = Readonly<Record<string, Omit<ColumnRegistration, 'name'>>>;

/** What a registered table may have besides columns; what is left out is not there. */
export type TableRegistration = RelationDetails;

/** What a registered schema may have besides tables. */
export interface SchemaRegistration extends Omit<SchemaDetails, 'domains'> {
  readonly domains?: readonly DomainRegistration[] | null;
}

/** A domain over a type, as `type` names it. */
export interface DomainRegistration {
  readonly name: string;
  readonly type: string;
  /** @defaultValue true */
  readonly nullable?: boolean | null;
  readonly comment?: string | null;
}
