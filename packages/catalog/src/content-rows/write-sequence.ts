import type { SequenceContent } from '../database-content.js';
import { attributeRow } from './attribute-row.js';
import { classRow } from './class-row.js';
import type { ContentContext } from './content-context.js';
import type { RowWriter } from './row-writer.js';
import { classOid } from './system-tables.js';
import { writeSystemColumns } from './write-system-columns.js';

/** The columns that every sequence has. */
const columns = [
  { attname: 'last_value', atttypid: 20 },
  { attname: 'log_cnt', atttypid: 20 },
  { attname: 'is_called', atttypid: 16 },
] as const;

/** Adds the rows of a sequence. */
export function writeSequence(
  writer: RowWriter,
  context: ContentContext,
  place: { readonly schemaOid: number; readonly owner: number },
  sequence: SequenceContent,
): void {
  writer.add(
    'pg_catalog.pg_class',
    classRow({
      oid: sequence.oid,
      relname: sequence.name,
      relnamespace: place.schemaOid,
      relowner: place.owner,
      relkind: 'S',
      relnatts: columns.length,
      relpages: 1,
      reltuples: 1,
    }),
  );
  for (const [index, column] of columns.entries()) {
    const given = { attrelid: sequence.oid, attnum: index + 1, attnotnull: true };
    writer.add('pg_catalog.pg_attribute', attributeRow(context, { ...given, ...column }));
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
