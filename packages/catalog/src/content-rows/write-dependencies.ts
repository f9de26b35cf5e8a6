import type { ConstraintContent } from '../database-content.js';
import type { ContentContext } from './content-context.js';
import type { RowWriter } from './row-writer.js';
import { classOid } from './system-tables.js';

/** Adds the dependencies that information_schema finds the columns and keys of a constraint by. */
export function writeDependencies(
  writer: RowWriter,
  context: ContentContext,
  relationOid: number,
  constraint: ConstraintContent,
): void {
  const { oid } = constraint;
  const itself = { classid: classOid.pg_constraint, objid: oid, objsubid: 0, refclassid: classOid.pg_class };
  if (constraint.kind === 'check') {
    for (const column of constraint.columns) {
      writer.add('pg_catalog.pg_depend', { ...itself, refobjid: relationOid, refobjsubid: column, deptype: 'a' });
    }
  } else if (constraint.kind === 'foreignKey') {
    const index = context.uniqueIndexOver(constraint.referencedRelationOid, constraint.referencedColumns);
    if (index === 0) return;
    writer.add('pg_catalog.pg_depend', { ...itself, refobjid: index, refobjsubid: 0, deptype: 'n' });
  } else {
    writer.add('pg_catalog.pg_depend', {
      classid: classOid.pg_class,
      objid: constraint.indexOid,
      objsubid: 0,
      refclassid: classOid.pg_constraint,
      refobjid: oid,
      refobjsubid: 0,
      deptype: 'i',
    });
  }
}

/** Adds what pg_dump knows by that a sequence has to be there before the default that takes its values. */
export function writeDefaultDependency(writer: RowWriter, defaultOid: number, sequenceOid: number): void {
  if (sequenceOid === 0) return;
  const itself = { classid: classOid.pg_attrdef, objid: defaultOid, objsubid: 0 };
  const sequence = { refclassid: classOid.pg_class, refobjid: sequenceOid, refobjsubid: 0 };
  writer.add('pg_catalog.pg_depend', { ...itself, ...sequence, deptype: 'n' });
}
