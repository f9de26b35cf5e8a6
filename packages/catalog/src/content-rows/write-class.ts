import type { SystemRow } from './system-tables.js';

type ClassRow = SystemRow<'pg_catalog.pg_class'>;

/** A row of pg_class; what is not given is as PostgreSQL has it for a plain object of the kind. */
export function classRow(
  given: Pick<ClassRow, 'oid' | 'relname' | 'relnamespace' | 'relowner' | 'relkind' | 'relnatts'> & Partial<ClassRow>,
): ClassRow {
  const stored = given.relkind === 'r' || given.relkind === 'm';
  return {
    reltype: 0,
    reloftype: 0,
    relam: stored ? 2 : given.relkind === 'i' ? 403 : 0,
    relfilenode: given.relkind === 'v' ? 0 : given.oid,
    reltablespace: 0,
    relpages: given.relkind === 'i' ? 1 : 0,
    // -1 for what nobody has counted; a new index is counted.
    reltuples: given.relkind === 'i' ? 0 : -1,
    relallvisible: 0,
    relallfrozen: 0,
    reltoastrelid: 0,
    relhasindex: false,
    relisshared: false,
    relpersistence: 'p',
    relchecks: 0,
    relhasrules: false,
    relhastriggers: false,
    relhassubclass: false,
    relrowsecurity: false,
    relforcerowsecurity: false,
    relispopulated: true,
    relreplident: given.relkind === 'r' || given.relkind === 'm' ? 'd' : 'n',
    relispartition: false,
    relrewrite: 0,
    relfrozenxid: stored ? 3 : 0,
    relminmxid: stored ? 1 : 0,
    ...given,
  };
}
