import type { SchemaContent } from '../database-content.js';
import type { ContentContext } from './content-context.js';
import type { RowWriter } from './row-writer.js';
import { classOid } from './system-tables.js';
import { writeComment } from './write-comment.js';

/** Adds the rows of a schema. */
export function writeSchema(writer: RowWriter, context: ContentContext, schema: SchemaContent): void {
  const { oid, name, owner, comment } = schema;
  writer.add('pg_catalog.pg_namespace', { oid, nspname: name, nspowner: context.ownerOid(owner) });
  writeComment(writer, classOid.pg_namespace, oid, comment);
}
