import type { ArrayType, DomainContent, EnumContent, SchemaContent } from '../database-content.js';
import type { TypeFacts } from './built-ins.js';
import type { ContentContext } from './content-context.js';
import type { RowWriter } from './row-writer.js';
import { classOid } from './system-tables.js';
import { arrayTypes, domainTypeRow, enumTypeRow } from './type-row.js';
import { writeComment } from './write-comment.js';
import { writeNotNullOfDomain } from './write-not-null.js';

/** Adds the rows of an enum, its labels and its array. */
export function writeEnum(writer: RowWriter, context: ContentContext, schema: SchemaContent, type: EnumContent): void {
  const place = { typnamespace: schema.oid, typowner: context.ownerOid(schema.owner) };
  writer.add(
    'pg_catalog.pg_type',
    enumTypeRow({ oid: type.oid, typname: type.name, typarray: type.array.oid, ...place }),
  );
  for (const [index, label] of type.labels.entries()) {
    writer.add('pg_catalog.pg_enum', {
      oid: type.labelOids[index]!,
      enumtypid: type.oid,
      enumsortorder: index + 1,
      enumlabel: label,
    });
  }
  writeArray(writer, place, type, context.typeFacts(type.oid));
  writeComment(writer, classOid.pg_type, type.oid, type.comment);
}

/** Adds the rows of a domain and its array. */
export function writeDomain(
  writer: RowWriter,
  context: ContentContext,
  schema: SchemaContent,
  type: DomainContent,
): void {
  const place = { typnamespace: schema.oid, typowner: context.ownerOid(schema.owner) };
  const given = {
    oid: type.oid,
    typname: type.name,
    typarray: type.array.oid,
    typbasetype: type.baseTypeOid,
    typtypmod: type.typeModifier,
    typnotnull: !type.nullable,
  };
  writer.add('pg_catalog.pg_type', domainTypeRow({ ...given, ...place }, context.typeFacts(type.baseTypeOid)));
  writeNotNullOfDomain(writer, context, place.typnamespace, type);
  writeArray(writer, place, type, context.typeFacts(type.oid));
  writeComment(writer, classOid.pg_type, type.oid, type.comment);
}

/** Adds the row of the type of arrays of another. */
export function writeArray(
  writer: RowWriter,
  place: { readonly typnamespace: number; readonly typowner: number },
  element: { readonly oid: number; readonly array: ArrayType },
  facts: Pick<TypeFacts, 'alignment' | 'collation'>,
): void {
  writer.addLike(arrayTypes, {
    oid: element.array.oid,
    typname: element.array.name,
    typnamespace: place.typnamespace,
    typowner: place.typowner,
    typelem: element.oid,
    typalign: facts.alignment === 'd' ? 'd' : 'i',
    typcollation: facts.collation,
  });
}
