import { typeOid } from '@riffq/wire';

/** PostgreSQL's pseudo-types: no column has values of them. cstring and unknown are not among them, as they are text. */
export const pseudoTypes: ReadonlySet<number> = new Set([
  typeOid.any,
  typeOid.anyarray,
  typeOid.anycompatible,
  typeOid.anycompatiblearray,
  typeOid.anycompatiblemultirange,
  typeOid.anycompatiblenonarray,
  typeOid.anycompatiblerange,
  typeOid.anyelement,
  typeOid.anyenum,
  typeOid.anymultirange,
  typeOid.anynonarray,
  typeOid.anyrange,
  typeOid.event_trigger,
  typeOid.fdw_handler,
  typeOid.index_am_handler,
  typeOid.internal,
  typeOid.language_handler,
  typeOid.pg_ddl_command,
  typeOid.record,
  typeOid._record,
  typeOid.table_am_handler,
  typeOid.trigger,
  typeOid.tsm_handler,
  typeOid.void,
]);
