import type { ColumnContent, IndexContent, RelationContent, SchemaContent } from '../database-content.js';
import { literal } from '../engine/sql-text.js';
import { freeName } from '../free-name.js';
import { constraintRow, textMark } from './constraint-row.js';
import { type ContentContext, compositeFacts } from './content-context.js';
import type { RowWriter } from './row-writer.js';
import { classOid } from './system-tables.js';
import { compositeTypes } from './type-row.js';
import { writeAttribute, writeColumnAttribute } from './write-attribute.js';
import { writeClass } from './write-class.js';
import { writeComment } from './write-comment.js';
import { writeDefaultDependency, writeDependencies } from './write-dependencies.js';
import { writeNotNullOfColumns } from './write-not-null.js';
import { writeSequence } from './write-sequence.js';
import { writeSystemColumns } from './write-system-columns.js';
import { writeArray } from './write-types.js';

const kinds = { table: 'r', view: 'v', materializedView: 'm' } as const;
/** What pg_class.reltuples has for what nobody has counted. */
const notCounted = -1;

/** What rows of a relation have of its schema. */
export type SchemaName = Pick<SchemaContent, 'oid' | 'name'>;

/** Adds all rows of a relation: its own, its columns', indexes' and constraints'. */
export function writeRelation(
  writer: RowWriter,
  context: ContentContext,
  schema: SchemaName,
  relation: RelationContent,
): void {
  const schemaOid = schema.oid;
  const owner = context.ownerOid(relation.owner);
  const isView = relation.kind !== 'table';
  writeClass(writer, kinds[relation.kind], {
    oid: relation.oid,
    relname: relation.name,
    relnamespace: schemaOid,
    reltype: relation.typeOid,
    relowner: owner,
    relnatts: relation.columns.length,
    reltuples: relation.rowEstimate ?? notCounted,
    relhasindex: relation.hasIndex ?? relation.indexes.length > 0,
    relchecks: relation.constraints.filter(({ kind }) => kind === 'check').length,
    relhasrules: relation.hasRules || isView,
    relhastriggers: relation.hasTriggers || context.hasForeignKeys(relation),
    relrowsecurity: relation.rowSecurity,
  });
  const { oid, typeOid, array, name } = relation;
  writer.addLike(compositeTypes, {
    oid: typeOid,
    typname: name,
    typnamespace: schemaOid,
    typowner: owner,
    typrelid: oid,
    typarray: array.oid,
  });
  writeArray(writer, { typnamespace: schemaOid, typowner: owner }, { oid: typeOid, array }, compositeFacts);
  if (relation.kind !== 'view') writeSystemColumns(writer, context, oid, relation.columns);
  let defaults = 0;
  for (const [index, column] of relation.columns.entries()) {
    const defaultOid = column.default === null ? undefined : relation.defaultOids[defaults++];
    writeColumn(writer, context, { relation, schema, number: index + 1, defaultOid }, column);
  }
  for (const index of relation.indexes) writeIndex(writer, context, { schemaOid, owner, relation }, index);
  for (const constraint of relation.constraints) {
    writer.add('pg_catalog.pg_constraint', constraintRow(context, { schemaOid, relationOid: oid }, constraint));
    writeDependencies(writer, context, oid, constraint);
    writeComment(writer, classOid.pg_constraint, constraint.oid, constraint.comment);
  }
  writeNotNullOfColumns(writer, context, schemaOid, relation);
  writeComment(writer, classOid.pg_class, oid, relation.comment);
  for (const sequence of relation.sequences) writeSequence(writer, context, { schemaOid, owner }, sequence);
  if (isView) writeRule(writer, relation);
}

function writeColumn(
  writer: RowWriter,
  context: ContentContext,
  place: {
    readonly relation: RelationContent;
    readonly schema: SchemaName;
    readonly number: number;
    readonly defaultOid: number | undefined;
  },
  column: ColumnContent,
): void {
  const { number, schema, defaultOid } = place;
  const relationOid = place.relation.oid;
  writeColumnAttribute(writer, context, { attrelid: relationOid, attnum: number }, column);
  if (column.default !== null && defaultOid !== undefined) {
    const adbin = textMark + column.default;
    writer.add('pg_catalog.pg_attrdef', { oid: defaultOid, adrelid: relationOid, adnum: number, adbin });
    writeDefaultDependency(writer, defaultOid, context.sequenceOfDefault(column.default, schema.name));
  }
  writeComment(writer, classOid.pg_class, relationOid, column.comment, number);
}

function writeIndex(
  writer: RowWriter,
  context: ContentContext,
  place: { readonly schemaOid: number; readonly owner: number; readonly relation: RelationContent },
  index: IndexContent,
): void {
  const { schemaOid, owner, relation } = place;
  const columns = index.columns.flatMap((number) => relation.columns[number - 1] ?? []);
  // PostgreSQL cannot tell how a type is compared that is not there: such columns are shown as ones that are only included.
  const unknown = columns.findIndex(({ typeOid }) => !context.hasType(typeOid));
  const keys = (unknown === -1 ? columns : columns.slice(0, unknown)).map(({ typeOid }) => context.typeFacts(typeOid));
  writeClass(writer, 'i', {
    oid: index.oid,
    relname: index.name,
    relnamespace: schemaOid,
    relowner: owner,
    relnatts: index.columns.length,
    reltuples: 0,
  });
  const names = new Set<string>();
  for (const [position, { name, typeOid, typeModifier, dimensions }] of columns.entries()) {
    const attname = freeName(name, (taken) => names.has(taken));
    names.add(attname);
    const attribute = { attrelid: index.oid, attname, attnum: position + 1, atttypmod: typeModifier };
    writeAttribute(writer, context, typeOid, attribute, dimensions);
  }
  writer.add('pg_catalog.pg_index', {
    indexrelid: index.oid,
    indrelid: relation.oid,
    indnatts: index.columns.length,
    indnkeyatts: keys.length,
    indisunique: index.unique,
    indnullsnotdistinct: false,
    indisprimary: index.primary,
    indisexclusion: false,
    indimmediate: true,
    indisclustered: false,
    indisvalid: true,
    indcheckxmin: false,
    indisready: true,
    indislive: true,
    indisreplident: false,
    indkey: index.columns.join(' '),
    indcollation: keys.map(({ collation }) => collation).join(' '),
    indclass: keys.map(({ operatorClass }) => operatorClass || context.textOperatorClass).join(' '),
    indoption: index.columns.map(() => 0).join(' '),
  });
  writeComment(writer, classOid.pg_class, index.oid, index.comment);
}

/** A view without a rule is an error to many functions. Behind the condition that the rule has not got is the view's text. */
function writeRule(writer: RowWriter, { oid, definition }: RelationContent): void {
  const text = definition === null ? '' : ` ${textMark}${definition.replace(/[\s;]*$/, ';')}`;
  writer.addSql(
    'pg_catalog.pg_rewrite',
    `INSERT INTO pg_rewrite (oid, rulename, ev_class, ev_type, ev_enabled, is_instead, ev_qual, ev_action) VALUES
     (${oid}, '_RETURN', ${oid}, '1', 'O', true, pg_toast.riffq_tree(${literal(`<>${text}`)}), pg_toast.riffq_rule())`,
  );
}
