import type {
  ColumnContent,
  DatabaseContent,
  DomainContent,
  EnumContent,
  RelationContent,
  SchemaContent,
  SequenceContent,
} from '../database-content.js';
import { duplicateEntry, unknownName } from '../errors.js';
import { OidAllocator } from '../registry/oid-allocator.js';
import { buildConstraints } from './build-constraints.js';
import type {
  ColumnDescription,
  DatabaseDescription,
  DomainDescription,
  RelationDescription,
  SchemaDescription,
  SequenceDescription,
  TypeReference,
} from './descriptions.js';
import { ObjectRegistry } from './object-registry.js';
import { sequenceRange } from './sequence-range.js';
import { columnNumber, type SettledRelation, type SettledSchema } from './settled-relation.js';
import { TimeSlice } from './time-slice.js';

type UserType = Pick<EnumContent, 'oid' | 'arrayOid'>;

/**
 * Makes a checked content out of what was read: settles the OIDs that nobody gave, in the order of names, so that they do
 * not depend on the order of calls; then resolves names to OIDs and column numbers.
 * @throws PgError when two objects are one, or a name refers to nothing.
 */
export function buildContent(description: DatabaseDescription): Promise<DatabaseContent> {
  return new ContentBuilder(description).build();
}

class ContentBuilder {
  readonly oids = new OidAllocator();
  readonly objects = new ObjectRegistry();
  readonly database: string;
  readonly #description: DatabaseDescription;
  readonly #relations = new Map<string, SettledRelation>();
  readonly #types = new Map<string, UserType>();
  readonly #slice = new TimeSlice();

  constructor(description: DatabaseDescription) {
    this.#description = description;
    this.database = description.name;
  }

  async build(): Promise<DatabaseContent> {
    const { name, databases, config, settings } = this.#description;
    for (const schema of this.#description.schemas) reserveGiven(this.oids, schema);
    const schemas = byName(this.#description.schemas).map((schema) => this.#settleSchema(schema));
    const settled = schemas.map((schema) => ({
      schema,
      enums: byName(schema.description.enums).map((item) => this.#settleType(schema, item)),
      domains: byName(schema.description.domains).map((item) => this.#settleType(schema, item)),
    }));
    const relations: (readonly SettledRelation[])[] = [];
    for (const schema of schemas) {
      const sorted = byName(schema.description.relations);
      relations.push(await this.#slice.map(sorted, (relation) => this.#settleRelation(schema, relation)));
    }
    // Before any index: an index without a name takes one that is free.
    const sequences = schemas.map((schema) =>
      byName(schema.description.sequences).map((sequence) => this.#buildSequence(schema, sequence)),
    );
    const contents: SchemaContent[] = [];
    for (const [at, { schema, enums, domains }] of settled.entries()) {
      contents.push({
        oid: schema.oid,
        name: schema.description.name,
        owner: schema.description.owner,
        comment: schema.description.comment,
        relations: await this.#slice.map(relations[at] ?? [], (relation) => this.#buildRelation(relation)),
        enums,
        domains: domains.map((domain) => this.#buildDomain(domain)),
        sequences: sequences[at] ?? [],
      });
    }
    return { databases, name, schemas: contents, config, settings };
  }

  /** @throws PgError when there is no such relation. */
  relation(schema: string, name: string, where: string): SettledRelation {
    const relation = this.#relations.get(path(schema, name));
    if (relation === undefined) throw unknownName('relation', `${schema}.${name}`, where);
    return relation;
  }

  #settleSchema(description: SchemaDescription): SettledSchema {
    const oid = this.oids.settle(description.oid, 'ns', this.database, description.name);
    this.objects.add('pg_namespace', ['oid'], [oid]);
    this.objects.add('pg_namespace', ['nspname'], [description.name]);
    return { oid, description };
  }

  #settleType<T extends { oid: number | undefined; arrayOid: number | undefined; name: string }>(
    schema: SettledSchema,
    description: T,
  ): T & UserType {
    const names = [this.database, schema.description.name, description.name];
    const oid = this.oids.settle(description.oid, 'type', ...names);
    const arrayOid = this.oids.settle(description.arrayOid, 'array', ...names);
    for (const each of [oid, arrayOid]) this.objects.add('pg_type', ['oid'], [each]);
    this.objects.add('pg_type', ['typnamespace', 'typname'], [schema.oid, description.name]);
    this.#types.set(path(schema.description.name, description.name), { oid, arrayOid });
    return { ...description, oid, arrayOid };
  }

  #buildDomain({ type, ...domain }: DomainDescription & UserType): DomainContent {
    const { typeOid, typeModifier } = this.#resolveType(type);
    return { ...domain, baseTypeOid: typeOid, typeModifier };
  }

  #settleRelation(schema: SettledSchema, description: RelationDescription): SettledRelation {
    const names = [this.database, schema.description.name, description.name];
    const oid = this.oids.settle(description.oid, 'rel', ...names);
    const typeOid = this.oids.settle(description.typeOid, 'type', ...names);
    this.objects.add('pg_class', ['relnamespace', 'relname'], [schema.oid, description.name]);
    this.objects.add('pg_class', ['oid'], [oid]);
    this.objects.add('pg_type', ['typnamespace', 'typname'], [schema.oid, description.name]);
    this.objects.add('pg_type', ['oid'], [typeOid]);
    const columnNumbers = new Map<string, number>();
    for (const [at, { name }] of description.columns.entries()) {
      if (columnNumbers.has(name)) throw duplicateEntry('pg_attribute', ['attrelid', 'attname'], [oid, name]);
      columnNumbers.set(name, at + 1);
    }
    const settled = { schema, oid, typeOid, description, columnNumbers };
    this.#relations.set(path(schema.description.name, description.name), settled);
    return settled;
  }

  #buildRelation(relation: SettledRelation): RelationContent {
    const { primaryKey, unique: _unique, foreignKeys: _foreignKeys, checks: _checks, ...facts } = relation.description;
    const inKey = new Set(primaryKey?.columns);
    const columns = facts.columns.map((column) => this.#buildColumn(column, inKey.has(column.name)));
    return { ...facts, oid: relation.oid, typeOid: relation.typeOid, columns, ...buildConstraints(this, relation) };
  }

  /** Field by field: a catalog has many columns. PostgreSQL has no nullable ones that are of a key or an identity. */
  #buildColumn(column: ColumnDescription, inKey: boolean): ColumnContent {
    const { typeOid, typeModifier } = this.#resolveType(column.type);
    return {
      name: column.name,
      typeOid,
      typeModifier,
      nullable: column.nullable && column.identity === null && !inKey,
      default: column.default,
      generated: column.generated,
      identity: column.identity,
      comment: column.comment,
    };
  }

  #buildSequence(schema: SettledSchema, description: SequenceDescription): SequenceContent {
    const { ownedBy, ...facts } = description;
    const oid = this.oids.settle(facts.oid, 'rel', this.database, schema.description.name, facts.name);
    this.objects.add('pg_class', ['relnamespace', 'relname'], [schema.oid, facts.name]);
    this.objects.add('pg_class', ['oid'], [oid]);
    return {
      ...facts,
      ...sequenceRange(facts),
      oid,
      ownedBy: (ownedBy && this.#owner(schema, ownedBy, facts.name)) ?? null,
    };
  }

  #owner(
    schema: SettledSchema,
    { relation, column }: { readonly relation: string; readonly column: string },
    sequence: string,
  ): SequenceContent['ownedBy'] {
    const where = `sequence "${sequence}"`;
    const owner = this.relation(schema.description.name, relation, where);
    return { relationOid: owner.oid, column: columnNumber(owner, column, where) };
  }

  #resolveType(type: TypeReference): { readonly typeOid: number; readonly typeModifier: number } {
    if (type.kind === 'oid') return { typeOid: type.typeOid, typeModifier: type.typeModifier };
    const found = this.#types.get(path(type.schema, type.name));
    if (found === undefined) throw unknownName('type', `${type.schema}.${type.name}`, `database "${this.database}"`);
    return { typeOid: type.array ? found.arrayOid : found.oid, typeModifier: -1 };
  }
}

/** No two names of a schema and a relation give the same path: NUL is in no name. */
function path(schema: string, name: string): string {
  return `${schema}\0${name}`;
}

function byName<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function reserveGiven(oids: OidAllocator, schema: SchemaDescription): void {
  oids.reserve(schema.oid);
  for (const type of [...schema.enums, ...schema.domains]) {
    oids.reserve(type.oid);
    oids.reserve(type.arrayOid);
  }
  for (const { oid } of schema.sequences) oids.reserve(oid);
  for (const relation of schema.relations) {
    oids.reserve(relation.oid);
    oids.reserve(relation.typeOid);
    const keys = [...relation.unique, ...(relation.primaryKey === undefined ? [] : [relation.primaryKey])];
    for (const { indexOid } of keys) oids.reserve(indexOid);
    for (const { oid } of [...keys, ...relation.indexes, ...relation.foreignKeys, ...relation.checks])
      oids.reserve(oid);
  }
}
