import type { SchemaContent } from '../database-content.js';
import { type ContentContext, ownerRole } from './content-context.js';
import type { RowWriter } from './row-writer.js';
import { classOid } from './system-tables.js';
import { writeComment } from './write-comment.js';

/** What initdb grants on the schema that every database has. */
const publicPrivileges = '{riffq=UC/riffq,=U/riffq}';

/** Adds the rows of a schema. */
export function writeSchema(writer: RowWriter, context: ContentContext, schema: SchemaContent): void {
  const { oid, name, owner, comment } = schema;
  const nspowner = context.ownerOid(owner);
  const nspacl = name === 'public' && nspowner === ownerRole ? publicPrivileges : null;
  writer.add('pg_catalog.pg_namespace', { oid, nspname: name, nspowner, nspacl });
  writeComment(writer, classOid.pg_namespace, oid, comment);
}
