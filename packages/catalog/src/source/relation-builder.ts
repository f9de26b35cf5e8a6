import type { BuiltIns } from '../content-rows/built-ins.js';
import { builtInRelation, builtInType } from '../content-rows/replaced-built-in.js';
import type { ArrayType, ColumnContent, RelationContent } from '../database-content.js';
import { tooManyColumns, unknownName } from '../errors/source-errors.js';
import { chooseArrayName } from '../object-name.js';
import { OidAllocator } from '../registry/oid-allocator.js';
import { buildConstraints } from './build-constraints.js';
import { buildIdentitySequences } from './build-sequence.js';
import type { ColumnDescription, RelationDescription, TypeReference } from './descriptions.js';
import { ObjectRegistry } from './object-registry.js';
import { requireDistinct } from './repeated-name.js';
import type { SettledRelation, SettledSchema } from './settled-relation.js';

/** PostgreSQL's MaxHeapAttributeNumber. */
const columnsAtMost = 1600;

/** The OIDs of an enum or domain, and of the array of it. */
export interface UserType {
  readonly oid: number;
  readonly arrayOid: number;
}

/** Makes the relations of a database: first the OIDs of all are settled, then names are resolved to OIDs and column numbers. */
export class RelationBuilder {
  readonly oids = new OidAllocator();
  /**
   * Gives OIDs to defaults and labels of enums, of which there are so many that hashes of their names may well be the same: that is no
   * reason to build everything anew, for their system tables refer to nobody else's OIDs and nobody refers to them.
   */
  readonly #partOids = new OidAllocator();
  readonly objects = new ObjectRegistry();
  readonly #relations = new Map<string, Map<string, SettledRelation>>();
  readonly #types = new Map<string, UserType>();
  readonly #owners = new Set<string>();
  readonly #plainColumns = new WeakMap<ColumnDescription, ColumnContent>();

  constructor(
    readonly database: string,
    readonly builtIns: BuiltIns,
  ) {}

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

  /** Says that the source reports a sequence of the column. */
  addOwner(schema: string, relation: string, column: string): void {
    this.#owners.add(path(schema, relation, column));
  }

  /** Whether it does. */
  hasSequence(schema: string, relation: string, column: string): boolean {
    return this.#owners.has(path(schema, relation, column));
  }

  /** Names the type of arrays of a type, when the names of all others are known. */
  nameArray(schema: SettledSchema, type: string, oid: number): ArrayType {
    const key = ['typnamespace', 'typname'];
    // The array of what takes the place of a built-in type takes that of its array.
    const isReplaced = builtInType(schema.description.name, type, this.builtIns) !== undefined;
    const isBuiltIn = (name: string): boolean =>
      !isReplaced && builtInType(schema.description.name, name, this.builtIns) !== undefined;
    const name = chooseArrayName(
      type,
      (taken) => isBuiltIn(taken) || this.objects.has('pg_type', key, [schema.oid, taken]),
    );
    this.objects.add('pg_type', key, [schema.oid, name]);
    return { oid, name };
  }

  /** Whether an index or a sequence that the source did not name has to have another name. */
  isTaken(schema: SettledSchema, name: string): boolean {
    const isBuiltIn = builtInRelation(schema.description.name, name, this.builtIns) !== undefined;
    return isBuiltIn || this.objects.has('pg_class', ['relnamespace', 'relname'], [schema.oid, name]);
  }

  /** Settles the OIDs of a relation. @throws PgError when it is there already. */
  settle(schema: SettledSchema, description: RelationDescription): SettledRelation {
    const names = [this.database, schema.description.name, description.name];
    const oid = this.oids.settle(description.oid, 'rel', ...names);
    const typeOid = this.oids.settle(description.typeOid, 'type', ...names);
    const arrayOid = this.oids.settle(description.arrayOid, 'array', ...names);
    for (const [table, columns, values] of ownEntries(schema.oid, description.name, oid, typeOid, arrayOid))
      this.objects.add(table, columns, values);
    if (description.columns.length > columnsAtMost) throw tooManyColumns(description.name, columnsAtMost);
    const columns = description.columns.map(({ name }) => name);
    requireDistinct('pg_attribute', ['attrelid', 'attname'], oid, columns);
    const settled = { schema, oid, typeOid, arrayOid, description };
    this.#of(schema.description.name).set(description.name, settled);
    return settled;
  }

  /** Makes a relation when all are settled. @throws PgError when a name refers to nothing. */
  build(relation: SettledRelation): RelationContent {
    const { description: facts, oid, typeOid } = relation;
    const inKey = new Set(facts.primaryKey?.columns);
    const names = [this.database, relation.schema.description.name, facts.name];
    const columns = facts.columns.map((column) => this.#buildColumn(column, inKey.has(column.name)));
    const array = this.nameArray(relation.schema, facts.name, relation.arrayOid);
    const sequences = buildIdentitySequences(this, relation, columns);
    const defaultOids = columns.flatMap((column) =>
      column.default === null ? [] : this.#partOids.settle(undefined, 'default', ...names, column.name),
    );
    const notNullOids = columns.flatMap((column) =>
      column.nullable || facts.kind !== 'table' ? [] : this.oids.settleBeyond('not null', ...names, column.name),
    );
    const { indexes, constraints } = buildConstraints(this, relation);
    // Field by field: to take the rest of an object and to spread it took half the time of building a catalog.
    return {
      oid,
      typeOid,
      array,
      name: facts.name,
      kind: facts.kind,
      owner: facts.owner,
      comment: facts.comment,
      hasIndex: facts.hasIndex,
      hasRules: facts.hasRules,
      hasTriggers: facts.hasTriggers,
      rowSecurity: facts.rowSecurity,
      rowEstimate: facts.rowEstimate,
      definition: facts.definition,
      columns,
      defaultOids,
      notNullOids,
      indexes,
      constraints,
      sequences,
    };
  }

  /** Settles the OIDs of an enum's labels: others when these, or their order, are others, so that nothing that was remembered holds. */
  labelOids(schema: SettledSchema, type: string, labels: readonly string[]): readonly number[] {
    const names = [this.database, schema.description.name, type, ...labels];
    return this.#partOids.settleAscending(labels.length, 'labels', ...names);
  }

  /** Takes back what was settled for a relation. */
  forget({ schema, oid, typeOid, arrayOid, description }: SettledRelation, built: RelationContent): void {
    for (const [table, columns, values] of ownEntries(schema.oid, description.name, oid, typeOid, arrayOid))
      this.objects.remove(table, columns, values);
    for (const settled of [oid, typeOid, arrayOid]) this.oids.release(settled);
    this.forgetBuilt(schema, built);
    this.#of(schema.description.name).delete(description.name);
  }

  /** Takes back what was settled when a relation was made: for its array, indexes, sequences and constraints. */
  forgetBuilt(schema: SettledSchema, { oid: relation, array, ...parts }: RelationContent): void {
    const { defaultOids, notNullOids, indexes, sequences, constraints } = parts;
    for (const oid of defaultOids) this.#partOids.release(oid);
    for (const oid of notNullOids) this.oids.release(oid);
    this.objects.remove('pg_type', ['typnamespace', 'typname'], [schema.oid, array.name]);
    for (const { oid, name } of [...indexes, ...sequences]) {
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

  /** Field by field: a catalog has many columns. Those that tables have in common are one object. PostgreSQL has no nullable ones that are of a key or an identity. */
  #buildColumn(column: ColumnDescription, inKey: boolean): ColumnContent {
    const isPlain = column.type.kind === 'oid' && !inKey;
    const known = isPlain ? this.#plainColumns.get(column) : undefined;
    if (known !== undefined) return known;
    const { typeOid, typeModifier } = this.resolveType(column.type);
    const { dimensions } = column.type;
    const plain = {
      name: column.name,
      typeOid,
      typeModifier,
      nullable: column.nullable && column.identity === null && !inKey,
      default: column.default,
      generated: column.generated,
      identity: column.identity,
      comment: column.comment,
    };
    const content: ColumnContent = dimensions === undefined ? plain : { ...plain, dimensions };
    if (isPlain) this.#plainColumns.set(column, content);
    return content;
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
  arrayOid: number,
): readonly (readonly [table: string, columns: readonly string[], values: readonly (string | number)[]])[] {
  return [
    ['pg_class', ['relnamespace', 'relname'], [schema, name]],
    ['pg_class', ['oid'], [oid]],
    ['pg_type', ['typnamespace', 'typname'], [schema, name]],
    ['pg_type', ['oid'], [typeOid]],
    ['pg_type', ['oid'], [arrayOid]],
  ];
}

/** No two lists of names give the same path: NUL is in no name. */
function path(...names: readonly string[]): string {
  return names.join('\0');
}
