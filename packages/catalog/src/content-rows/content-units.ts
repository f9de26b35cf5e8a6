import type {
  DatabaseContent,
  DomainContent,
  EnumContent,
  RelationContent,
  SchemaContent,
} from '../database-content.js';
import { oidIsBuiltIn } from '../errors/source-errors.js';
import { isSystemSchema } from '../is-system-schema.js';
import type { BuiltIns } from './built-ins.js';
import { type ContentContext, ownerRole } from './content-context.js';
import { type ReplacedBuiltIn, replacedByRelation, replacedByType } from './replaced-built-in.js';
import type { RowWriter } from './row-writer.js';
import { writeDatabase } from './write-database.js';
import { hasNotNull } from './write-not-null.js';
import { writeOwner } from './write-owner.js';
import { type SchemaName, writeRelation } from './write-relation.js';
import { writeSchema } from './write-schema.js';
import { writeSequence } from './write-sequence.js';
import { writeDomain, writeEnum } from './write-types.js';

/** OIDs of what belongs to a unit, by the system table that has rows of it. */
export interface UnitOids {
  readonly pg_class?: readonly number[];
  readonly pg_index?: readonly number[];
  /** Relations that have defaults. */
  readonly pg_attrdef?: readonly number[];
  /** Views. */
  readonly pg_rewrite?: readonly number[];
  readonly pg_sequence?: readonly number[];
  readonly pg_type?: readonly number[];
  /** Enums and domains: types with labels or comments. */
  readonly pg_enum?: readonly number[];
  readonly pg_constraint?: readonly number[];
  /** Relations with constraints of columns that are NOT NULL, and domains with such a constraint. */
  readonly notNullColumns?: readonly number[];
  readonly notNullDomains?: readonly number[];
  readonly pg_namespace?: readonly number[];
  readonly pg_authid?: readonly number[];
  readonly pg_database?: readonly number[];
}

/** An object with all that belongs to it: it is written and removed as one. */
export interface ContentUnit {
  /** The same in every content that has the object. */
  readonly key: string;
  /** What its rows are made of; as long as that is the same, so are they. */
  readonly data: readonly unknown[];
  readonly oids: UnitOids;
  readonly write: (writer: RowWriter, context: ContentContext) => void;
  /** What it is, if that is a relation. */
  readonly relation?: RelationContent | undefined;
  /** What has its name, and moves aside as long as it is there. */
  readonly replaces?: readonly ReplacedBuiltIn[];
}

/** Takes a content apart. @throws PgError 42710 if an OID is that of a built-in object */
export function* contentUnits(content: DatabaseContent, context: ContentContext): Generator<ContentUnit> {
  for (const oid of ownersOf(content, context)) {
    const oids = { pg_authid: [oid] };
    yield { key: `role ${oid}`, data: [], oids, write: (writer, now) => writeOwner(writer, now, oid) };
  }
  for (const database of content.databases) {
    const isThis = database.name === content.name;
    const oids = isThis ? {} : { pg_database: [database.oid] };
    const write: ContentUnit['write'] = (writer, now) => writeDatabase(writer, now, database, isThis);
    yield { key: `database ${database.oid}`, data: [database], oids, write };
  }
  for (const schema of content.schemas) yield* schemaUnits(schema, context);
}

function* schemaUnits(schema: SchemaContent, context: ContentContext): Generator<ContentUnit> {
  const { builtIns } = context;
  const place = [schema.oid, context.ownerOid(schema.owner)];
  if (builtIns.schemas.get(schema.name) !== schema.oid)
    check(builtIns, 'schema', schema.oid, `schema "${schema.name}"`);
  if (!isSystemSchema(schema.name)) {
    const data = [schema.oid, schema.name, schema.owner, schema.comment];
    const write: ContentUnit['write'] = (writer, now) => writeSchema(writer, now, schema);
    yield { key: `schema ${schema.oid}`, data, oids: { pg_namespace: [schema.oid] }, write };
  }
  for (const relation of schema.relations) {
    yield relationUnit(relation, schema, context);
  }
  for (const sequence of schema.sequences) {
    check(builtIns, 'relation', sequence.oid, `sequence "${schema.name}.${sequence.name}"`);
    const write: ContentUnit['write'] = (writer, now) =>
      writeSequence(writer, now, { schemaOid: schema.oid, owner: now.ownerOid(schema.owner) }, sequence);
    const oids = { pg_class: [sequence.oid], pg_sequence: [sequence.oid] };
    yield { key: `sequence ${sequence.oid}`, data: [...place, sequence], oids, write };
  }
  for (const type of schema.enums) {
    const write: ContentUnit['write'] = (writer, now) => writeEnum(writer, now, schema, type);
    yield { ...typeUnit(builtIns, schema, type), data: [...place, type], write };
  }
  for (const type of schema.domains) {
    const base = context.typeFacts(type.baseTypeOid);
    const write: ContentUnit['write'] = (writer, now) => writeDomain(writer, now, schema, type);
    const { oids, ...unit } = typeUnit(builtIns, schema, type);
    const notNullDomains = type.nullable ? [] : [type.oid];
    yield { ...unit, oids: { ...oids, notNullDomains }, data: [...place, type, base], write };
  }
}

interface KnownUnit {
  readonly unit: ContentUnit;
  readonly schema: SchemaName;
  readonly hasForeignKeys: boolean;
}

/** Most relations are the same from one content to the next, and so are their units if they take nothing from others. */
const knownUnits = new WeakMap<RelationContent, KnownUnit>();

/** A relation as a unit. @throws PgError 42710 if an OID is that of a built-in object */
export function relationUnit(relation: RelationContent, schema: SchemaName, context: ContentContext): ContentUnit {
  const hasForeignKeys = context.hasForeignKeys(relation);
  const known = knownUnits.get(relation);
  const isAsBefore =
    known?.schema.oid === schema.oid && known.schema.name === schema.name && known.hasForeignKeys === hasForeignKeys;
  if (isAsBefore && !takesFromOthers(relation)) return known.unit;
  // Units live longer than the schema with all that is in it.
  const place = { oid: schema.oid, name: schema.name };
  const others = takesFromOthers(relation)
    ? [referencedIndexes(relation, context), sequencesOfDefaults(relation, schema, context)]
    : [];
  const unit: ContentUnit = {
    key: `relation ${relation.oid}`,
    data: [schema.oid, relation, hasForeignKeys, ...others],
    oids: known?.unit.oids ?? relationOids(relation, schema, context.builtIns),
    write: (writer, now) => writeRelation(writer, now, place, relation),
    relation,
    replaces: replacedByRelation(schema, relation.name, context.builtIns),
  };
  knownUnits.set(relation, { unit, schema: place, hasForeignKeys });
  return unit;
}

function takesFromOthers({ constraints, columns }: RelationContent): boolean {
  return (
    constraints.some(({ kind }) => kind === 'foreignKey') ||
    columns.some((column) => column.default?.includes('nextval'))
  );
}

function relationOids(relation: RelationContent, schema: SchemaName, builtIns: BuiltIns): UnitOids {
  const { oid, typeOid, array, indexes, sequences, constraints } = relation;
  const name = `relation "${schema.name}.${relation.name}"`;
  check(builtIns, 'relation', oid, name);
  check(builtIns, 'type', typeOid, `the row type of ${name}`);
  check(builtIns, 'type', array.oid, `the array of the row type of ${name}`);
  for (const index of indexes) check(builtIns, 'relation', index.oid, `index "${index.name}"`);
  for (const constraint of constraints)
    check(builtIns, 'constraint', constraint.oid, `constraint "${constraint.name}"`);
  const indexOids = indexes.map((index) => index.oid);
  const sequenceOids = sequences.map((sequence) => sequence.oid);
  return {
    pg_class: [oid, ...indexOids, ...sequenceOids],
    pg_index: indexOids,
    pg_attrdef: relation.columns.some((column) => column.default !== null) ? [oid] : [],
    pg_rewrite: relation.kind === 'table' ? [] : [oid],
    pg_sequence: sequenceOids,
    pg_type: [typeOid, array.oid],
    pg_constraint: constraints.map((constraint) => constraint.oid),
    notNullColumns: hasNotNull(relation) ? [oid] : [],
  };
}

/** What the rows of foreign keys take from other relations. */
function referencedIndexes({ constraints }: RelationContent, context: ContentContext): string {
  return constraints
    .map((constraint) =>
      constraint.kind === 'foreignKey'
        ? context.uniqueIndexOver(constraint.referencedRelationOid, constraint.referencedColumns)
        : '',
    )
    .join();
}

/** What the rows of defaults take from sequences. */
function sequencesOfDefaults({ columns }: RelationContent, schema: SchemaName, context: ContentContext): string {
  return columns.map((column) => context.sequenceOfDefault(column.default ?? '', schema.name)).join();
}

function typeUnit(
  builtIns: BuiltIns,
  schema: SchemaContent,
  type: EnumContent | DomainContent,
): Pick<ContentUnit, 'key' | 'oids' | 'replaces'> {
  check(builtIns, 'type', type.oid, `type "${schema.name}.${type.name}"`);
  check(builtIns, 'type', type.array.oid, `the array of type "${schema.name}.${type.name}"`);
  return {
    key: `type ${type.oid}`,
    oids: { pg_type: [type.oid, type.array.oid], pg_enum: [type.oid] },
    replaces: replacedByType(schema, type.name, builtIns),
  };
}

function check(builtIns: BuiltIns, kind: keyof BuiltIns['names'], oid: number, object: string): void {
  const builtIn = builtIns.names[kind].get(oid);
  if (builtIn !== undefined) throw oidIsBuiltIn(oid, object, `${kind} ${builtIn}`);
}

/** The roles that own something and are not there yet. */
function ownersOf(content: DatabaseContent, context: ContentContext): ReadonlySet<number> {
  const owners = new Set<number>();
  for (const { owner } of content.databases) owners.add(context.ownerOid(owner));
  for (const { owner, relations } of content.schemas) {
    owners.add(context.ownerOid(owner));
    for (const relation of relations) owners.add(context.ownerOid(relation.owner));
  }
  owners.delete(ownerRole);
  for (const role of context.builtIns.roles) owners.delete(role);
  return owners;
}
