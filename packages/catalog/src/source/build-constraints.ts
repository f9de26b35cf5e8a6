import type { ConstraintContent, IndexContent, RelationContent } from '../database-content.js';
import { foreignKeyMismatch, repeatedColumn, unknownName } from '../errors/source-errors.js';
import { chooseName } from '../object-name.js';
import type { OidAllocator } from '../registry/oid-allocator.js';
import { columnsInExpression } from './columns-in-expression.js';
import type { CheckDescription, ForeignKeyDescription, IndexDescription, KeyDescription } from './descriptions.js';
import type { ObjectRegistry } from './object-registry.js';
import { repeatedName } from './repeated-name.js';
import { columnNumber, type SettledRelation, type SettledSchema } from './settled-relation.js';

type Constraints = Pick<RelationContent, 'indexes' | 'constraints'>;

/** What the relations of a database share while their constraints are made. */
interface SharedObjects {
  readonly oids: OidAllocator;
  readonly objects: ObjectRegistry;
  readonly database: string;
  isTaken(schema: SettledSchema, name: string): boolean;
  /** @throws PgError when there is no such relation. */
  relation(schema: string, name: string, where: string): SettledRelation;
}

/** Makes the indexes and constraints of a relation; those without a name get the one that PostgreSQL would give. */
export function buildConstraints(shared: SharedObjects, relation: SettledRelation): Constraints {
  return new ConstraintBuilder(shared, relation).build();
}

class ConstraintBuilder {
  readonly #shared: SharedObjects;
  readonly #relation: SettledRelation;
  readonly #indexes: IndexContent[] = [];
  readonly #constraints: ConstraintContent[] = [];

  constructor(shared: SharedObjects, relation: SettledRelation) {
    this.#shared = shared;
    this.#relation = relation;
  }

  build(): Constraints {
    const { primaryKey, unique, indexes, foreignKeys, checks } = this.#relation.description;
    if (primaryKey !== undefined) this.#addKey('primaryKey', primaryKey);
    for (const key of unique) this.#addKey('unique', key);
    for (const index of indexes) this.#addIndex(index, { primary: false, label: 'idx' });
    for (const key of foreignKeys) this.#addForeignKey(key);
    for (const check of checks) this.#addCheck(check);
    return { indexes: this.#indexes, constraints: this.#constraints };
  }

  #addKey(kind: 'primaryKey' | 'unique', key: KeyDescription): void {
    const primary = kind === 'primaryKey';
    const repeated = repeatedName(key.columns);
    if (repeated !== undefined) {
      const what = `${primary ? 'primary key' : 'unique'} constraint of relation "${this.#relation.description.name}"`;
      throw repeatedColumn(repeated.name, what);
    }
    const index = this.#addIndex(
      { ...key, oid: key.indexOid, unique: true, comment: null },
      { primary, label: primary ? 'pkey' : 'key' },
    );
    const { oid, name } = this.#settleConstraint(key.oid, index.name);
    this.#constraints.push({ kind, oid, name, comment: key.comment, columns: index.columns, indexOid: index.oid });
  }

  #addIndex(index: IndexDescription, { primary, label }: { primary: boolean; label: string }): IndexContent {
    const { objects, oids, database } = this.#shared;
    const { schema, description } = this.#relation;
    const taken = (name: string): boolean => this.#shared.isTaken(schema, name);
    // PostgreSQL does not name the columns of a primary key.
    const name = index.name ?? chooseName(description.name, primary ? [] : index.columns, label, taken);
    const columns = this.#numbers(index.columns, `index "${name}"`);
    const oid = oids.settle(index.oid, 'index', database, schema.description.name, name);
    objects.add('pg_class', ['relnamespace', 'relname'], [schema.oid, name]);
    objects.add('pg_class', ['oid'], [oid]);
    const content = { oid, name, columns, unique: index.unique, primary, comment: index.comment };
    this.#indexes.push(content);
    return content;
  }

  #addForeignKey(key: ForeignKeyDescription): void {
    const { schema, description } = this.#relation;
    const { oid, name } = this.#settleConstraint(key.oid, key.name ?? this.#chooseName(key.columns, 'fkey'));
    const where = `foreign key "${name}" of relation "${description.name}"`;
    const referenced = this.#shared.relation(
      key.referencedSchema ?? schema.description.name,
      key.referencedRelation,
      where,
    );
    const names = key.referencedColumns ?? referenced.description.primaryKey?.columns;
    if (names === undefined) throw unknownName('primary key of', key.referencedRelation, where);
    const referencedColumns = names.map((column) => columnNumber(referenced, column, where));
    const columns = this.#numbers(key.columns, `foreign key "${name}"`);
    if (columns.length !== referencedColumns.length) throw foreignKeyMismatch(where);
    const { onDelete, onUpdate, comment } = key;
    const kind = 'foreignKey';
    this.#constraints.push({
      kind,
      oid,
      name,
      comment,
      columns,
      referencedRelationOid: referenced.oid,
      referencedColumns,
      onDelete,
      onUpdate,
    });
  }

  #addCheck({ expression, comment, ...check }: CheckDescription): void {
    const known = this.#relation.description.columns.map(({ name }) => name);
    const named = check.columns ?? columnsInExpression(expression, known);
    // PostgreSQL names a column only when the condition is about one.
    const shown = named.length === 1 ? named : [];
    const { oid, name } = this.#settleConstraint(check.oid, check.name ?? this.#chooseName(shown, 'check'));
    const columns = this.#numbers(named, `check "${name}"`);
    this.#constraints.push({ kind: 'check', oid, name, comment, columns, expression });
  }

  #chooseName(columns: readonly string[], label: string): string {
    const key = ['conrelid', 'conname'];
    const taken = (name: string): boolean => this.#shared.objects.has('pg_constraint', key, [this.#relation.oid, name]);
    return chooseName(this.#relation.description.name, columns, label, taken);
  }

  #settleConstraint(given: number | undefined, name: string): { readonly oid: number; readonly name: string } {
    const { objects, oids, database } = this.#shared;
    const { schema, description } = this.#relation;
    const oid = oids.settle(given, 'constraint', database, schema.description.name, description.name, name);
    objects.add('pg_constraint', ['conrelid', 'conname'], [this.#relation.oid, name]);
    objects.add('pg_constraint', ['oid'], [oid]);
    return { oid, name };
  }

  #numbers(columns: readonly string[], where: string): readonly number[] {
    return columns.map((column) => columnNumber(this.#relation, column, where));
  }
}
