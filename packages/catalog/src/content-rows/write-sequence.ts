import type { SequenceContent } from '../database-content.js';
import type { ContentContext } from './content-context.js';
import type { RowWriter } from './row-writer.js';
import { classOid } from './system-tables.js';
import { writeAttribute } from './write-attribute.js';
import { writeClass } from './write-class.js';
import { writeSystemColumns } from './write-system-columns.js';

/** The columns that every sequence has. */
const columns = [
  { attname: 'last_value', typeOid: 20 },
  { attname: 'log_cnt', typeOid: 20 },
  { attname: 'is_called', typeOid: 16 },
] as const;

/** Adds the rows of a sequence. */
export function writeSequence(
  writer: RowWriter,
  context: ContentContext,
  place: { readonly schemaOid: number; readonly owner: number },
  sequence: SequenceContent,
): void {
  writeClass(writer, 'S', {
    oid: sequence.oid,
    relname: sequence.name,
    relnamespace: place.schemaOid,
    relowner: place.owner,
    relnatts: columns.length,
    reltuples: 1,
  });
  for (const [index, { attname, typeOid }] of columns.entries()) {
    const given = { attrelid: sequence.oid, attname, attnum: index + 1, attnotnull: true };
    writeAttribute(writer, context, typeOid, given);
  }
  writeSystemColumns(writer, context, sequence.oid);
  writer.add('pg_catalog.pg_sequence', {
    seqrelid: sequence.oid,
    seqtypid: sequence.typeOid,
    seqstart: sequence.start,
    seqincrement: sequence.increment,
    seqmax: sequence.maximum,
    seqmin: sequence.minimum,
    seqcache: 1,
    seqcycle: sequence.cycle,
  });
  if (sequence.ownedBy === null) return;
  const { relationOid, column } = sequence.ownedBy;
  writer.add('pg_catalog.pg_depend', {
    classid: classOid.pg_class,
    objid: sequence.oid,
    objsubid: 0,
    refclassid: classOid.pg_class,
    refobjid: relationOid,
    refobjsubid: column,
    // An identity column's sequence is a part of it, a serial's only goes with it.
    deptype: context.isIdentity(relationOid, column) ? 'i' : 'a',
  });
}
