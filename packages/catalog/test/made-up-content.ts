import type { DatabaseContent, RelationContent, SchemaContent } from '../src/index.js';

/** A database with nothing of its own but what is given. */
export function contentOf(database: string, schemas: readonly SchemaContent[] = []): DatabaseContent {
  return {
    name: database,
    databases: [
      { oid: 20_000, name: 'shop', owner: null },
      { oid: 20_001, name: 'other', owner: null },
    ],
    config: [],
    settings: [],
    schemas,
  };
}

/** A schema with nothing in it but relations. */
export function schemaOf(oid: number, name: string, relations: readonly RelationContent[]): SchemaContent {
  return { oid, name, owner: null, comment: null, relations, enums: [], domains: [], sequences: [] };
}

/** A table whose columns are all text. */
export function tableOf(oid: number, name: string, columns: readonly string[]): RelationContent {
  return {
    oid,
    typeOid: oid + 1,
    array: { oid: oid + 1_000_000, name: `_${name}` },
    name,
    kind: 'table',
    owner: null,
    comment: null,
    hasIndex: undefined,
    hasRules: false,
    hasTriggers: false,
    rowSecurity: false,
    rowEstimate: null,
    definition: null,
    columns: columns.map((column) => ({
      name: column,
      typeOid: 25,
      typeModifier: -1,
      nullable: true,
      default: null,
      generated: false,
      identity: null,
      comment: null,
    })),
    defaultOids: [],
    notNullOids: [],
    indexes: [],
    constraints: [],
    sequences: [],
  };
}
