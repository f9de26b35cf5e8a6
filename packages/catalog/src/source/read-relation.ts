import type { RelationContent } from '../database-content.js';
import { unknownRelationKind } from '../errors.js';
import type { ColumnDescription, RelationDescription, TypeReference } from './descriptions.js';
import { readCheck, readForeignKey, readIndex, readKey } from './read-constraints.js';
import { RowReader } from './row-reader.js';

/** A relation, with its columns when its row had them. */
export type RelationReading = Omit<RelationDescription, 'columns'> & {
  readonly columns: readonly ColumnDescription[] | undefined;
};

/** A column's facts besides its type. */
export type ColumnFacts = Omit<ColumnDescription, 'type'>;

const kinds: ReadonlyMap<unknown, RelationContent['kind']> = new Map([
  [undefined, 'table'],
  ['table', 'table'],
  ['view', 'view'],
  ['materialized_view', 'materializedView'],
  ['matview', 'materializedView'],
]);

/** Reads a row of `relations()`. */
export function readRelation(row: unknown): RelationReading {
  const reader = new RowReader(row, 'relations');
  const columns = reader.value('columns') === undefined ? undefined : reader.list('columns', readColumn);
  return {
    oid: reader.oid('oid'),
    typeOid: reader.oid('reltypeOid'),
    arrayOid: reader.optionalOid('arrayOid'),
    name: reader.text('name'),
    ...readRelationDetails(reader, 'relations'),
    columns,
  };
}

/** Reads what a relation may have besides its name and columns. */
export function readRelationDetails(
  reader: RowReader,
  method: string,
): Omit<RelationDescription, 'oid' | 'typeOid' | 'arrayOid' | 'name' | 'columns'> {
  const kind = kinds.get(reader.value('kind'));
  if (kind === undefined) throw unknownRelationKind(reader.value('kind'));
  const primaryKey = reader.value('primaryKey');
  return {
    kind,
    owner: reader.optionalOid('ownerOid') ?? null,
    comment: reader.optionalText('comment') ?? null,
    hasIndex: reader.optionalFlag('hasIndex'),
    hasRules: reader.optionalFlag('hasRules') ?? false,
    hasTriggers: reader.optionalFlag('hasTriggers') ?? false,
    rowSecurity: reader.optionalFlag('rowSecurity') ?? false,
    rowEstimate: reader.optionalNumber('rowEstimate') ?? null,
    definition: reader.optionalText('definition') ?? null,
    primaryKey: primaryKey === undefined ? undefined : readKey(primaryKey, method),
    unique: reader.list('unique', (key) => readKey(key, method)),
    foreignKeys: reader.list('foreignKeys', (key) => readForeignKey(key, method)),
    indexes: reader.list('indexes', (index) => readIndex(index, method)),
    checks: reader.list('checks', (check) => readCheck(check, method)),
  };
}

/** Reads a row of `columns()`. */
export function readColumn(row: unknown): ColumnDescription {
  const reader = new RowReader(row, 'columns');
  const facts = readColumnFacts(reader);
  const type = plainType(reader.oid('typeOid'), reader.optionalInteger('typeModifier') ?? -1);
  // Field by field: V8 gives each spread object a shape of its own, five times as large as what is in it.
  return {
    name: facts.name,
    default: facts.default,
    generated: facts.generated,
    identity: facts.identity,
    comment: facts.comment,
    nullable: reader.flag('nullable'),
    type,
  };
}

const unmodifiedTypes = new Map<number, TypeReference>();
/** PostgreSQL has fewer built-in types; a source may make up more. */
const keptTypes = 1000;

/** A type by its OID. Most columns have one of a few: these share the object. */
function plainType(typeOid: number, typeModifier: number): TypeReference {
  const known = typeModifier === -1 ? unmodifiedTypes.get(typeOid) : undefined;
  if (known !== undefined) return known;
  const type: TypeReference = { kind: 'oid', typeOid, typeModifier };
  if (typeModifier === -1 && unmodifiedTypes.size < keptTypes) unmodifiedTypes.set(typeOid, type);
  return type;
}

/** Reads what a column may have besides its name, type and nullability. */
export function readColumnFacts(reader: RowReader): Omit<ColumnFacts, 'nullable'> {
  return {
    name: reader.text('name'),
    default: reader.optionalText('default') ?? null,
    generated: reader.optionalFlag('generated') ?? false,
    identity: reader.optionalWord('identity', ['always', 'byDefault'] as const) ?? null,
    comment: reader.optionalText('comment') ?? null,
  };
}
