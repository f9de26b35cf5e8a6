import { type BuiltIns, builtIns } from '../content-rows/built-ins.js';
import type {
  ArrayType,
  DatabaseContent,
  DomainContent,
  RelationContent,
  SchemaContent,
  SequenceContent,
} from '../database-content.js';
import { isSystemSchema } from '../is-system-schema.js';
import { buildSequence } from './build-sequence.js';
import type {
  DatabaseDescription,
  DomainDescription,
  EnumDescription,
  SchemaDescription,
  SequenceDescription,
} from './descriptions.js';
import { RelationBuilder, type UserType } from './relation-builder.js';
import { requireDistinct } from './repeated-name.js';
import { reserveGiven } from './reserve-given.js';
import { columnNumber, type SettledSchema } from './settled-relation.js';
import { TimeSlice } from './time-slice.js';

/** A content, with what is needed to build a part of it anew. */
export interface BuiltContent {
  readonly description: DatabaseDescription;
  readonly content: DatabaseContent;
  readonly builder: RelationBuilder;
  /** In the order of the content's schemas. */
  readonly schemas: readonly BuiltSchema[];
}

/** A schema of it, and its relations by name. */
export interface BuiltSchema {
  readonly schema: SettledSchema;
  readonly relations: Map<string, RelationContent>;
}

/**
 * Makes a checked content out of what was read: settles the OIDs that nobody gave, in the order of names, so that they do
 * not depend on the order of calls; then resolves names to OIDs and column numbers.
 * @throws PgError when two objects are one, or a name refers to nothing.
 */
export async function buildContent(description: DatabaseDescription): Promise<DatabaseContent> {
  return (await buildWhole(description)).content;
}

/** As `buildContent`, and keeps how it was done. */
export async function buildWhole(description: DatabaseDescription): Promise<BuiltContent> {
  return new ContentBuilder(description, await builtIns()).build();
}

class ContentBuilder {
  readonly #builder: RelationBuilder;
  readonly #description: DatabaseDescription;
  readonly #slice = new TimeSlice();

  constructor(description: DatabaseDescription, builtIns: BuiltIns) {
    this.#description = description;
    this.#builder = new RelationBuilder(description.name, builtIns);
  }

  async build(): Promise<BuiltContent> {
    const builder = this.#builder;
    const description = this.#description;
    for (const schema of description.schemas) reserveGiven(builder.oids, schema);
    const schemas = byName(description.schemas).map((schema) => this.#settleSchema(schema));
    const settled = schemas.map((schema) => ({
      schema,
      enums: byName(schema.description.enums).map((item) => this.#settleEnum(schema, item)),
      domains: byName(schema.description.domains).map((item) => this.#settleType(schema, item)),
    }));
    for (const schema of schemas) {
      const sorted = byName(schema.description.relations);
      await this.#slice.map(sorted, (relation) => builder.settle(schema, relation));
    }
    // Before any index: an index without a name takes one that is free.
    const sequences = schemas.map((schema) =>
      byName(schema.description.sequences).map((sequence) => this.#buildSequence(schema, sequence)),
    );
    const contents: SchemaContent[] = [];
    const built: BuiltSchema[] = [];
    for (const [at, { schema, enums, domains }] of settled.entries()) {
      const relations = [...builder.settled(schema.description.name).values()];
      const contentsOfRelations = await this.#slice.map(relations, (relation) => builder.build(relation));
      contents.push({
        oid: schema.oid,
        name: schema.description.name,
        owner: schema.description.owner,
        comment: schema.description.comment,
        relations: contentsOfRelations,
        enums: enums.map((type) => this.#withArray(schema, type)),
        domains: domains.map((domain) => this.#buildDomain(schema, this.#withArray(schema, domain))),
        sequences: sequences[at] ?? [],
      });
      built.push({ schema, relations: new Map(contentsOfRelations.map((relation) => [relation.name, relation])) });
    }
    const { databases, name, config, settings } = description;
    const content = { databases, name, schemas: contents, config, settings };
    return { description, content, builder, schemas: built };
  }

  #settleSchema(description: SchemaDescription): SettledSchema {
    const { oids, objects, database, builtIns } = this.#builder;
    const known = isSystemSchema(description.name) ? builtIns.schemas.get(description.name) : undefined;
    const oid = oids.settle(description.oid ?? known, 'ns', database, description.name);
    objects.add('pg_namespace', ['oid'], [oid]);
    objects.add('pg_namespace', ['nspname'], [description.name]);
    return { oid, description };
  }

  #settleEnum(
    schema: SettledSchema,
    description: EnumDescription,
  ): EnumDescription & UserType & { labelOids: readonly number[] } {
    const type = this.#settleType(schema, description);
    requireDistinct('pg_enum', ['enumtypid', 'enumlabel'], type.oid, type.labels);
    return { ...type, labelOids: this.#builder.labelOids(schema, type.name, type.labels) };
  }

  #settleType<T extends { oid: number | undefined; arrayOid: number | undefined; name: string }>(
    schema: SettledSchema,
    description: T,
  ): T & UserType {
    const { oids, objects, database } = this.#builder;
    const names = [database, schema.description.name, description.name];
    const oid = oids.settle(description.oid, 'type', ...names);
    const arrayOid = oids.settle(description.arrayOid, 'array', ...names);
    for (const each of [oid, arrayOid]) objects.add('pg_type', ['oid'], [each]);
    objects.add('pg_type', ['typnamespace', 'typname'], [schema.oid, description.name]);
    this.#builder.addType(schema.description.name, description.name, { oid, arrayOid });
    return { ...description, oid, arrayOid };
  }

  #withArray<T extends UserType & { readonly name: string }>(
    schema: SettledSchema,
    { arrayOid, ...type }: T,
  ): Omit<T, 'arrayOid'> & { readonly array: ArrayType } {
    return { ...type, array: this.#builder.nameArray(schema, type.name, arrayOid) };
  }

  #buildDomain(
    schema: SettledSchema,
    { type, ...domain }: Omit<DomainDescription, 'arrayOid'> & Pick<DomainContent, 'oid' | 'array'>,
  ): DomainContent {
    const { oids, database } = this.#builder;
    const { typeOid, typeModifier } = this.#builder.resolveType(type);
    const names = [database, schema.description.name, domain.name];
    const notNullOid = domain.nullable ? null : oids.settleBeyond('domain not null', ...names);
    return { ...domain, baseTypeOid: typeOid, typeModifier, notNullOid };
  }

  #buildSequence(schema: SettledSchema, description: SequenceDescription): SequenceContent {
    const { ownedBy, ...facts } = description;
    if (ownedBy !== undefined) this.#builder.addOwner(schema.description.name, ownedBy.relation, ownedBy.column);
    return buildSequence(this.#builder, schema, facts, ownedBy && this.#owner(schema, ownedBy, facts.name));
  }

  #owner(
    schema: SettledSchema,
    { relation, column }: { readonly relation: string; readonly column: string },
    sequence: string,
  ): SequenceContent['ownedBy'] {
    const where = `sequence "${sequence}"`;
    const owner = this.#builder.relation(schema.description.name, relation, where);
    return { relationOid: owner.oid, column: columnNumber(owner, column, where) };
  }
}

function byName<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
