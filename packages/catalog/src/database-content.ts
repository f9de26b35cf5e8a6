/** What one database has, as a source gave it: checked, names resolved, every OID settled. The engine writes it into PostgreSQL's system tables. */
export interface DatabaseContent {
  /** All databases of the server, this one among them, for `\l`. */
  readonly databases: readonly DatabaseEntry[];
  /** Which of them this is. */
  readonly name: string;
  readonly schemas: readonly SchemaContent[];
  /** Rows that replace or join the built-in ones of pg_config and pg_settings. */
  readonly config: readonly NamedValue[];
  readonly settings: readonly NamedValue[];
}

/** A database of the server. */
export interface DatabaseEntry {
  readonly oid: number;
  readonly name: string;
  readonly owner: Owner;
}

/** A row of pg_config or pg_settings. */
export interface NamedValue {
  readonly name: string;
  readonly setting: string;
}

/** The OID of a role; null: the role that every connected user is a member of. */
export type Owner = number | null;

/** A schema with all that is in it. */
export interface SchemaContent {
  readonly oid: number;
  readonly name: string;
  readonly owner: Owner;
  readonly comment: string | null;
  readonly relations: readonly RelationContent[];
  readonly enums: readonly EnumContent[];
  readonly domains: readonly DomainContent[];
  readonly sequences: readonly SequenceContent[];
}

/** A table, view or materialized view. */
export interface RelationContent {
  readonly oid: number;
  /** The OID of its row type. */
  readonly typeOid: number;
  readonly array: ArrayType;
  readonly name: string;
  readonly kind: 'table' | 'view' | 'materializedView';
  readonly owner: Owner;
  readonly comment: string | null;
  /** Undefined: as the lists below say. */
  readonly hasIndex: boolean | undefined;
  readonly hasRules: boolean;
  readonly hasTriggers: boolean;
  readonly rowSecurity: boolean;
  /** pg_class.reltuples; null when nobody knows. */
  readonly rowEstimate: number | null;
  /** The query of a view, for pg_get_viewdef. */
  readonly definition: string | null;
  readonly columns: readonly ColumnContent[];
  /** OIDs of the defaults of those columns that have one. */
  readonly defaultOids: readonly number[];
  /** Of a table, OIDs of the constraints of those columns that are not nullable. */
  readonly notNullOids: readonly number[];
  readonly indexes: readonly IndexContent[];
  readonly constraints: readonly ConstraintContent[];
  /** Those of identity columns for which the source reports none. */
  readonly sequences: readonly SequenceContent[];
}

/** The type of arrays of a type. */
export interface ArrayType {
  readonly oid: number;
  readonly name: string;
}

/** As an array was declared, which PostgreSQL tells and does not heed. */
export interface ArrayDimensions {
  /** If there is more than one: few columns have any. */
  readonly dimensions?: number;
}

/** A column of a relation. */
export interface ColumnContent extends ArrayDimensions {
  readonly name: string;
  readonly typeOid: number;
  readonly typeModifier: number;
  readonly nullable: boolean;
  /** SQL of the default, or of the expression of a generated column. */
  readonly default: string | null;
  readonly generated: boolean;
  readonly identity: 'always' | 'byDefault' | null;
  readonly comment: string | null;
}

/** An index of a table. */
export interface IndexContent {
  readonly oid: number;
  readonly name: string;
  /** Numbers of columns, from 1. */
  readonly columns: readonly number[];
  readonly unique: boolean;
  /** What a primary key or unique constraint stands on. */
  readonly primary: boolean;
  readonly comment: string | null;
}

/** A constraint of a table. */
export type ConstraintContent = { readonly oid: number; readonly name: string; readonly comment: string | null } & (
  | { readonly kind: 'primaryKey' | 'unique'; readonly columns: readonly number[]; readonly indexOid: number }
  | {
      readonly kind: 'foreignKey';
      readonly columns: readonly number[];
      readonly referencedRelationOid: number;
      readonly referencedColumns: readonly number[];
      readonly onDelete: ReferentialAction;
      readonly onUpdate: ReferentialAction;
    }
  | {
      readonly kind: 'check';
      readonly columns: readonly number[] /** SQL of the condition. */;
      readonly expression: string;
    }
);

/** What happens to a row when the one that it refers to goes or changes. */
export type ReferentialAction = 'noAction' | 'restrict' | 'cascade' | 'setNull' | 'setDefault';

/** An enum. */
export interface EnumContent {
  readonly oid: number;
  readonly array: ArrayType;
  readonly name: string;
  readonly labels: readonly string[];
  /** Even ones that ascend, and others when the labels are: PostgreSQL compares the labels of values by these. */
  readonly labelOids: readonly number[];
  readonly comment: string | null;
}

/** A domain. */
export interface DomainContent {
  readonly oid: number;
  readonly array: ArrayType;
  readonly name: string;
  readonly baseTypeOid: number;
  readonly typeModifier: number;
  readonly nullable: boolean;
  /** The OID of its constraint, if it is not nullable. */
  readonly notNullOid: number | null;
  readonly comment: string | null;
}

/** A sequence. */
export interface SequenceContent {
  readonly oid: number;
  readonly name: string;
  readonly typeOid: number;
  readonly start: bigint;
  readonly increment: bigint;
  readonly minimum: bigint;
  readonly maximum: bigint;
  readonly cycle: boolean;
  /** The column that it belongs to: DROP of one drops the other. */
  readonly ownedBy: { readonly relationOid: number; readonly column: number } | null;
}
