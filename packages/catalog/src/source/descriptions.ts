import type {
  ColumnContent,
  DatabaseEntry,
  NamedValue,
  Owner,
  ReferentialAction,
  RelationContent,
} from '../database-content.js';

/** What a database has, read and checked piece by piece; OIDs that nobody gave are undefined, names are not resolved yet. */
export interface DatabaseDescription {
  readonly name: string;
  readonly databases: readonly DatabaseEntry[];
  readonly schemas: readonly SchemaDescription[];
  readonly config: readonly NamedValue[];
  readonly settings: readonly NamedValue[];
}

type Oid = number | undefined;

export interface SchemaDescription {
  readonly oid: Oid;
  readonly name: string;
  readonly owner: Owner;
  readonly comment: string | null;
  readonly relations: readonly RelationDescription[];
  readonly enums: readonly EnumDescription[];
  readonly domains: readonly DomainDescription[];
  readonly sequences: readonly SequenceDescription[];
}

export interface RelationDescription
  extends Omit<RelationContent, 'oid' | 'typeOid' | 'columns' | 'indexes' | 'constraints'> {
  readonly oid: Oid;
  readonly typeOid: Oid;
  readonly columns: readonly ColumnDescription[];
  readonly primaryKey: KeyDescription | undefined;
  readonly unique: readonly KeyDescription[];
  readonly foreignKeys: readonly ForeignKeyDescription[];
  readonly indexes: readonly IndexDescription[];
  readonly checks: readonly CheckDescription[];
}

/** A type by its OID, or by the name of an enum or domain of the same database whose OID may not be known yet. */
export type TypeReference =
  | { readonly kind: 'oid'; readonly typeOid: number; readonly typeModifier: number }
  | { readonly kind: 'named'; readonly schema: string; readonly name: string; readonly array: boolean };

export interface ColumnDescription extends Omit<ColumnContent, 'typeOid' | 'typeModifier'> {
  readonly type: TypeReference;
}

interface Named {
  readonly oid: Oid;
  /** Undefined: named as PostgreSQL would. */
  readonly name: string | undefined;
  readonly comment: string | null;
}

export interface KeyDescription extends Named {
  readonly columns: readonly string[];
  readonly indexOid: Oid;
}

export interface IndexDescription extends Named {
  readonly columns: readonly string[];
  readonly unique: boolean;
}

export interface CheckDescription extends Named {
  /** Undefined: those that the expression names. */
  readonly columns: readonly string[] | undefined;
  readonly expression: string;
}

export interface ForeignKeyDescription extends Named {
  readonly columns: readonly string[];
  readonly referencedSchema: string | undefined;
  readonly referencedRelation: string;
  /** Undefined: the primary key. */
  readonly referencedColumns: readonly string[] | undefined;
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
}

export interface EnumDescription {
  readonly oid: Oid;
  readonly arrayOid: Oid;
  readonly name: string;
  readonly labels: readonly string[];
  readonly comment: string | null;
}

export interface DomainDescription {
  readonly oid: Oid;
  readonly arrayOid: Oid;
  readonly name: string;
  readonly type: TypeReference;
  readonly nullable: boolean;
  readonly comment: string | null;
}

export interface SequenceDescription {
  readonly oid: Oid;
  readonly name: string;
  readonly typeOid: number;
  readonly start: bigint | undefined;
  readonly increment: bigint;
  readonly minimum: bigint | undefined;
  readonly maximum: bigint | undefined;
  readonly cycle: boolean;
  readonly ownedBy: { readonly relation: string; readonly column: string } | undefined;
}
