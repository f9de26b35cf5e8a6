import type { ReferentialAction } from '../database-content.js';

/** A database as a source reports it; OIDs are unsigned 32 bits, stable across calls, and go to clients as they are. */
export interface DatabaseRow {
  readonly oid: number;
  readonly name: string;
  /** The OID of its owner. @defaultValue every connected user counts as owner */
  readonly datdba?: number | null;
}

/** A schema as a source reports it. */
export interface SchemaRow extends SchemaDetails {
  readonly oid: number;
  readonly name: string;
  /** 10, the superuser, counts as left out: information_schema would show nobody what it owns. */
  readonly ownerOid?: number | null;
}

/** What a schema may have besides relations; what is left out is not there. */
export interface SchemaDetails {
  readonly comment?: string | null;
  readonly enums?: readonly EnumRow[] | null;
  readonly domains?: readonly DomainRow[] | null;
  readonly sequences?: readonly SequenceRow[] | null;
}

/** A table or view as a source reports it. */
export interface RelationRow extends RelationDetails {
  readonly oid: number;
  /** The OID of its row type. */
  readonly reltypeOid: number;
  /** The OID of arrays of its row type. @defaultValue one that follows from the names */
  readonly arrayOid?: number | null;
  readonly name: string;
  /** When given, `columns()` is not called for it. */
  readonly columns?: readonly ColumnRow[] | null;
  /**
   * A token that changes when anything about the relation does: as long as it stays the same, nothing else of the row is
   * looked at, and `columns()` is not asked. With it, a change among thousands of relations costs next to nothing.
   */
  readonly version?: string | number | null;
}

/** What may be known of a table or view besides its columns; what is left out is not there. */
export interface RelationDetails {
  /** @defaultValue 'table' */
  readonly kind?: 'table' | 'view' | 'materialized_view' | 'matview' | null;
  /** 10, the superuser, counts as left out: information_schema would show nobody what it owns. */
  readonly ownerOid?: number | null;
  /** @defaultValue whether there are any in `indexes`, `primaryKey` or `unique` */
  readonly hasIndex?: boolean | null;
  readonly hasRules?: boolean | null;
  readonly hasTriggers?: boolean | null;
  readonly rowSecurity?: boolean | null;
  readonly comment?: string | null;
  /** The query of a view. */
  readonly definition?: string | null;
  /** About how many rows there are: `pg_class.reltuples`. */
  readonly rowEstimate?: number | null;
  readonly primaryKey?: KeyRow | null;
  readonly unique?: readonly KeyRow[] | null;
  readonly foreignKeys?: readonly ForeignKeyRow[] | null;
  readonly indexes?: readonly IndexRow[] | null;
  readonly checks?: readonly CheckRow[] | null;
}

/** A column as a source reports it. */
export interface ColumnRow extends ColumnDetails {
  readonly name: string;
  readonly typeOid: number;
  readonly nullable: boolean;
  /** `pg_attribute.atttypmod`: 24 for varchar(20). @defaultValue -1 */
  readonly typeModifier?: number | null;
  /** How many dimensions an array was declared with: 2 for `int[][]`. @defaultValue 1 */
  readonly dimensions?: number | null;
}

/** What may be known of a column besides its type. */
export interface ColumnDetails {
  /** SQL of the default, or of the expression when the column is `generated`. */
  readonly default?: string | null;
  readonly generated?: boolean | null;
  /** The column gets a sequence of its own, unless one of the schema's `sequences` is `ownedBy` it. */
  readonly identity?: 'always' | 'byDefault' | null;
  readonly comment?: string | null;
}

/** A primary key or unique constraint: its columns by name, or that with more. Names and OIDs are made when left out. */
export type KeyRow =
  | readonly string[]
  | {
      readonly columns: readonly string[];
      readonly name?: string | null;
      readonly oid?: number | null;
      readonly indexOid?: number | null;
      readonly comment?: string | null;
    };

/** A foreign key. */
export interface ForeignKeyRow {
  readonly columns: readonly string[];
  readonly references: {
    /** @defaultValue the schema of the referencing table */
    readonly schema?: string | null;
    readonly relation: string;
    /** @defaultValue the primary key */
    readonly columns?: readonly string[] | null;
  };
  readonly name?: string | null;
  readonly oid?: number | null;
  readonly onDelete?: ReferentialAction | null;
  readonly onUpdate?: ReferentialAction | null;
  readonly comment?: string | null;
}

/** An index besides those of keys: its columns by name, or that with more. */
export type IndexRow =
  | readonly string[]
  | {
      readonly columns: readonly string[];
      readonly name?: string | null;
      readonly oid?: number | null;
      readonly unique?: boolean | null;
      readonly comment?: string | null;
    };

/** A check constraint: SQL of its condition, or that with more. */
export type CheckRow =
  | string
  | {
      readonly expression: string;
      /** The columns that it speaks of. @defaultValue those whose names are in `expression` */
      readonly columns?: readonly string[] | null;
      readonly name?: string | null;
      readonly oid?: number | null;
      readonly comment?: string | null;
    };

/** An enumerated type. */
export interface EnumRow {
  readonly name: string;
  readonly labels: readonly string[];
  readonly oid?: number | null;
  readonly arrayOid?: number | null;
  readonly comment?: string | null;
}

/** A domain: a type over another. */
export interface DomainRow {
  readonly name: string;
  readonly baseTypeOid: number;
  readonly typeModifier?: number | null;
  /** @defaultValue true */
  readonly nullable?: boolean | null;
  readonly oid?: number | null;
  readonly arrayOid?: number | null;
  readonly comment?: string | null;
}

/** A sequence; what is left out is as CREATE SEQUENCE has it. */
export interface SequenceRow {
  readonly name: string;
  readonly oid?: number | null;
  /** The OID of int2, int4 or int8. */
  readonly typeOid?: number | null;
  readonly start?: number | bigint | null;
  readonly increment?: number | bigint | null;
  readonly minimum?: number | bigint | null;
  readonly maximum?: number | bigint | null;
  readonly cycle?: boolean | null;
  /** The column of the same schema that it belongs to. */
  readonly ownedBy?: { readonly relation: string; readonly column: string } | null;
}

/** A row of pg_config or pg_settings. */
export interface SettingRow {
  readonly name: string;
  readonly setting: string;
}
