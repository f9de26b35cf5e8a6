import { type ContentContext, ownerRole } from './content-context.js';
import type { RowWriter } from './row-writer.js';

/** Adds the role that a source knows by its OID alone, under the name that PostgreSQL gives to one it cannot find. */
export function writeOwner(writer: RowWriter, context: ContentContext, oid: number): void {
  writer.add('pg_catalog.pg_authid', {
    oid,
    rolname: `unknown (OID=${oid})`,
    rolsuper: false,
    rolinherit: true,
    rolcreaterole: false,
    rolcreatedb: false,
    rolcanlogin: false,
    rolreplication: false,
    rolbypassrls: false,
    rolconnlimit: -1,
  });
  // Who is a member of our owner is a member of this one too.
  writer.add('pg_catalog.pg_auth_members', {
    oid: context.nextOid(),
    roleid: oid,
    member: ownerRole,
    grantor: 10,
    admin_option: false,
    inherit_option: true,
    set_option: true,
  });
}
