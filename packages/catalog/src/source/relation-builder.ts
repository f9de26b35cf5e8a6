import type { ColumnContent, EnumContent, RelationContent } from '../database-content.js';
import { duplicateEntry, unknownName } from '../errors.js';
import { OidAllocator } from '../registry/oid-allocator.js';
import { buildConstraints } from './build-constraints.js';
import type { ColumnDescription, RelationDescription, TypeReference } from './descriptions.js';
import { ObjectRegistry } from './object-registry.js';
import type { SettledRelation, SettledSchema } from './settled-relation.js';

/** The OIDs of an enum or domain, and of the array of it. */
export type UserType = Pick<EnumContent, 'oid' | 'arrayOid'>;

/** Makes the relations of a database: first the OIDs of all are settled, then names are resolved to OIDs and column numbers. */
export class RelationBuilder {
  readonly oids = new OidAllocator();
  readonly objects = new ObjectRegistry();
  readonly #relations = new Map<string, Map<string, SettledRelation>>();
  readonly #types = new Map<string, UserType>();

  constructor(readonly database: string) {}

  /** Whether a name or OID depends on what else there is: then a part cannot be built anew without the rest. */
  get entangled(): boolean {
    return this.oids.collided || this.objects.collided;
  }

  /** The relations of a schema by name, as they are settled. */
  settled(schema: string): ReadonlyMap<string, SettledRelation> {
    return this.#of(schema);
  }

  /** @throws PgError when there is no such relation. */
  relation(schema: string, name: string, where: string): SettledRelation {
    const relation = this.#of(schema).get(name);
    if (relation === undefined) throw unknownName('relation', `${schema}.${name}`, where);
    return relation;
  }

  /** Lets columns name an enum or a domain. */
  addType(schema: string, name: string, type: UserType): void {
    this.#types.set(path(schema, name), type);
  }

  /** Settles the OIDs of a relation. @throws PgError when it is there already. */
  settle(schema: SettledSchema, description: RelationDescription): SettledRelation {
    const names = [this.database, schema.description.name, description.name];
    const oid = this.oids.settle(description.oid, 'rel', ...names);
    const typeOid = this.oids.settle(description.typeOid, 'type', ...names);
    for (const [table, columns, values] of ownEntries(schema.oid, description.name, oid, typeOid))
      this.objects.add(table, columns, values);
    const columns = new Set<string>();
    for (const { name } of description.columns) {
      if (columns.has(name)) throw duplicateEntry('pg_attribute', ['attrelid', 'attname'], [oid, name]);
      columns.add(name);
    }
    const settled = { schema, oid, typeOid, description };
    this.#of(schema.description.name).set(description.name, settled);
    return settled;
  }

  /** Makes a relation when all are settled. @throws PgError when a name refers to nothing. */
  build(relation: SettledRelation): RelationContent {
    const { primaryKey, unique: _unique, foreignKeys: _foreignKeys, checks: _checks, ...facts } = relation.description;
    const inKey = new Set(primaryKey?.columns);
    const columns = facts.columns.map((column) => this.#buildColumn(column, inKey.has(column.name)));
    return { ...facts, oid: relation.oid, typeOid: relation.typeOid, columns, ...buildConstraints(this, relation) };
  }

  /** Takes back what was settled for a relation. */
  forget({ schema, oid, typeOid, description }: SettledRelation, built: RelationContent): void {
    for (const [table, columns, values] of ownEntries(schema.oid, description.name, oid, typeOid))
      this.objects.remove(table, columns, values);
    this.oids.release(oid);
    this.oids.release(typeOid);
    this.forgetConstraints(schema, built);
    this.#of(schema.description.name).delete(description.name);
  }

  /** Takes back what was settled for the indexes and constraints of a relation. */
  forgetConstraints(schema: SettledSchema, { oid: relation, indexes, constraints }: RelationContent): void {
    for (const { oid, name } of indexes) {
      this.objects.remove('pg_class', ['relnamespace', 'relname'], [schema.oid, name]);
      this.objects.remove('pg_class', ['oid'], [oid]);
      this.oids.release(oid);
    }
    for (const { oid, name } of constraints) {
      this.objects.remove('pg_constraint', ['conrelid', 'conname'], [relation, name]);
      this.objects.remove('pg_constraint', ['oid'], [oid]);
      this.oids.release(oid);
    }
  }

  /** The type that a column or domain is of. @throws PgError when there is no such type. */
  resolveType(type: TypeReference): { readonly typeOid: number; readonly typeModifier: number } {
    if (type.kind === 'oid') return { typeOid: type.typeOid, typeModifier: type.typeModifier };
    const found = this.#types.get(path(type.schema, type.name));
    if (found === undefined) throw unknownName('type', `${type.schema}.${type.name}`, `database "${this.database}"`);
    return { typeOid: type.array ? found.arrayOid : found.oid, typeModifier: -1 };
  }

  /** Field by field: a catalog has many columns. PostgreSQL has no nullable ones that are of a key or an identity. */
  #buildColumn(column: ColumnDescription, inKey: boolean): ColumnContent {
    const { typeOid, typeModifier } = this.resolveType(column.type);
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

  #of(schema: string): Map<string, SettledRelation> {
    let relations = this.#relations.get(schema);
    if (relations === undefined) {
      relations = new Map();
      this.#relations.set(schema, relations);
    }
    return relations;
  }
}

/** What may be there once, of those that a relation itself has. */
function ownEntries(
  schema: number,
  name: string,
  oid: number,
  typeOid: number,
): readonly (readonly [table: string, columns: readonly string[], values: readonly (string | number)[]])[] {
  return [
    ['pg_class', ['relnamespace', 'relname'], [schema, name]],
    ['pg_class', ['oid'], [oid]],
    ['pg_type', ['typnamespace', 'typname'], [schema, name]],
    ['pg_type', ['oid'], [typeOid]],
  ];
}

/** No two names of a schema and a type give the same path: NUL is in no name. */
function path(schema: string, name: string): string {
  return `${schema}\0${name}`;
}
