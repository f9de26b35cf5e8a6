import type {
  ArrayDimensions,
  ColumnContent,
  DatabaseContent,
  DomainContent,
  EnumContent,
  ReferentialAction,
  RelationContent,
  SchemaContent,
  SequenceContent,
} from '../database-content.js';

/** What a database has, read and checked piece by piece; OIDs that nobody gave are undefined, names are not resolved yet. */
export interface DatabaseDescription extends Omit<DatabaseContent, 'schemas'> {
  readonly schemas: readonly SchemaDescription[];
}

type Oid = number | undefined;

/** A schema as it was read. */
export interface SchemaDescription
  extends Omit<SchemaContent, 'oid' | 'relations' | 'enums' | 'domains' | 'sequences'> {
  readonly oid: Oid;
  readonly relations: readonly RelationDescription[];
  readonly enums: readonly EnumDescription[];
  readonly domains: readonly DomainDescription[];
  readonly sequences: readonly SequenceDescription[];
}

/** A relation as it was read. */
export interface RelationDescription
  extends Omit<
    RelationContent,
    'oid' | 'typeOid' | 'array' | 'columns' | 'defaultOids' | 'notNullOids' | 'indexes' | 'constraints' | 'sequences'
  > {
  readonly oid: Oid;
  readonly typeOid: Oid;
  readonly arrayOid: Oid;
  readonly columns: readonly ColumnDescription[];
  readonly primaryKey: KeyDescription | undefined;
  readonly unique: readonly KeyDescription[];
  readonly foreignKeys: readonly ForeignKeyDescription[];
  readonly indexes: readonly IndexDescription[];
  readonly checks: readonly CheckDescription[];
}

/** A type by its OID, or by the name of an enum or domain of the same database whose OID may not be known yet. */
export type TypeReference = ArrayDimensions &
  (
    | { readonly kind: 'oid'; readonly typeOid: number; readonly typeModifier: number }
    | { readonly kind: 'named'; readonly schema: string; readonly name: string; readonly array: boolean }
  );

/** A column as it was read. */
export interface ColumnDescription extends Omit<ColumnContent, 'typeOid' | 'typeModifier' | 'dimensions'> {
  readonly type: TypeReference;
}

interface Named {
  readonly oid: Oid;
  /** Undefined: named as PostgreSQL would. */
  readonly name: string | undefined;
  readonly comment: string | null;
}

/** A primary key or unique constraint as it was read, with its columns by name. */
export interface KeyDescription extends Named {
  readonly columns: readonly string[];
  readonly indexOid: Oid;
}

/** An index as it was read, with its columns by name. */
export interface IndexDescription extends Named {
  readonly columns: readonly string[];
  readonly unique: boolean;
}

/** A check constraint as it was read. */
export interface CheckDescription extends Named {
  /** Undefined: those that the expression names. */
  readonly columns: readonly string[] | undefined;
  readonly expression: string;
}

/** A foreign key as it was read: what it refers to may come later. */
export interface ForeignKeyDescription extends Named {
  readonly columns: readonly string[];
  readonly referencedSchema: string | undefined;
  readonly referencedRelation: string;
  /** Undefined: the primary key. */
  readonly referencedColumns: readonly string[] | undefined;
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
}

/** An enum as it was read. */
export interface EnumDescription extends Omit<EnumContent, 'oid' | 'labelOids' | 'array'> {
  readonly oid: Oid;
  readonly arrayOid: Oid;
}

/** A domain as it was read. */
export interface DomainDescription
  extends Omit<DomainContent, 'oid' | 'array' | 'baseTypeOid' | 'typeModifier' | 'notNullOid'> {
  readonly oid: Oid;
  readonly arrayOid: Oid;
  readonly type: TypeReference;
}

/** A sequence as it was read; undefined is what CREATE SEQUENCE would settle. */
export interface SequenceDescription
  extends Omit<SequenceContent, 'oid' | 'start' | 'minimum' | 'maximum' | 'ownedBy'> {
  readonly oid: Oid;
  readonly start: bigint | undefined;
  readonly minimum: bigint | undefined;
  readonly maximum: bigint | undefined;
  readonly ownedBy: { readonly relation: string; readonly column: string } | undefined;
}
