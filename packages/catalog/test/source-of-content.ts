import type {
  ConstraintContent,
  DatabaseContent,
  KeyRow,
  LazyCatalogSource,
  RelationContent,
  RelationRow,
  SchemaContent,
  SchemaRow,
} from '../src/index.js';

const kinds = { table: 'table', view: 'view', materializedView: 'materialized_view' } as const;

interface Place {
  readonly schema: SchemaContent;
  readonly relation: RelationContent;
}

type Relations = ReadonlyMap<number, Place>;

/** A live source that reports one database and all that is known of it, relations with their columns inline. */
export function sourceOfContent(content: DatabaseContent): LazyCatalogSource {
  const places = content.schemas.flatMap((schema) => schema.relations.map((relation) => ({ schema, relation })));
  const relations: Relations = new Map(places.map((place) => [place.relation.oid, place]));
  return {
    databases: () => content.databases.map(({ oid, name }) => ({ oid, name })),
    schemas: () => content.schemas.map((schema) => schemaRow(schema, relations)),
    relations: (_database, name) =>
      places.filter(({ schema }) => schema.name === name).map(({ relation }) => relationRow(relation, relations)),
    columns: () => [],
  };
}

function schemaRow(schema: SchemaContent, relations: Relations): SchemaRow {
  const { oid, name, comment } = schema;
  const [enums, domains] = [schema.enums.map(withArrayOid), schema.domains.map(withArrayOid)];
  const sequences = schema.sequences.map((sequence) => {
    const { relationOid = 0, column = 0 } = sequence.ownedBy ?? {};
    const relation = relations.get(relationOid)?.relation;
    const ownedBy = relation ? { relation: relation.name, column: columnNames(relation, [column]).join() } : null;
    return { ...sequence, ownedBy };
  });
  return { oid, name, comment, enums, domains, sequences };
}

function relationRow(relation: RelationContent, relations: Relations): RelationRow {
  const {
    typeOid: reltypeOid,
    owner: _1,
    sequences: _2,
    hasIndex = null,
    kind,
    constraints,
    ...rest
  } = withArrayOid(relation);
  const names = (numbers: readonly number[]): readonly string[] => columnNames(relation, numbers);
  const keys = (wanted: 'primaryKey' | 'unique'): readonly KeyRow[] =>
    ofKind(constraints, wanted).map((key) => ({ ...key, columns: names(key.columns) }));
  const [primaryKey = null] = keys('primaryKey');
  const indexesOfKeys = constraints.flatMap((key) => ('indexOid' in key ? [key.indexOid] : []));
  return {
    ...rest,
    reltypeOid,
    hasIndex,
    kind: kinds[kind],
    primaryKey,
    unique: keys('unique'),
    indexes: relation.indexes
      .filter(({ oid }) => !indexesOfKeys.includes(oid))
      .map((index) => ({ ...index, columns: names(index.columns) })),
    checks: ofKind(constraints, 'check').map((check) => ({ ...check, columns: names(check.columns) })),
    foreignKeys: ofKind(constraints, 'foreignKey').flatMap((key) => {
      const place = relations.get(key.referencedRelationOid);
      if (place === undefined) return [];
      const columns = columnNames(place.relation, key.referencedColumns);
      const references = { schema: place.schema.name, relation: place.relation.name, columns };
      return [{ ...key, columns: names(key.columns), references }];
    }),
  };
}

function withArrayOid<T extends { readonly array: { readonly oid: number } }>({ array, ...rest }: T) {
  return { ...rest, arrayOid: array.oid };
}

function ofKind<Kind extends ConstraintContent['kind']>(
  constraints: readonly ConstraintContent[],
  wanted: Kind,
): readonly Extract<ConstraintContent, { kind: Kind }>[] {
  return constraints.filter((each): each is Extract<ConstraintContent, { kind: Kind }> => each.kind === wanted);
}

function columnNames(relation: RelationContent, numbers: readonly number[]): readonly string[] {
  return numbers.flatMap((number) => relation.columns[number - 1]?.name ?? []);
}
