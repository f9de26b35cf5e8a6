import { RowTemplate } from './row-template.js';
import type { RowWriter } from './row-writer.js';
import type { SystemRow } from './system-tables.js';

type ClassRow = SystemRow<'pg_catalog.pg_class'>;

const own = [
  ...(['oid', 'relname', 'relnamespace', 'relowner', 'relnatts', 'relfilenode', 'reltype', 'reltuples'] as const),
  ...(['relhasindex', 'relchecks', 'relhasrules', 'relhastriggers', 'relrowsecurity'] as const),
] as const;
type Own = (typeof own)[number];

type Kind = 'r' | 'v' | 'm' | 'i' | 'S';

const templates = { r: template('r'), v: template('v'), m: template('m'), i: template('i'), S: template('S') };

/** What all objects of a kind have in common, as PostgreSQL has it for a plain one. */
function template(relkind: Kind): RowTemplate<'pg_catalog.pg_class', Own> {
  const stored = relkind === 'r' || relkind === 'm';
  return RowTemplate.of('pg_catalog.pg_class', own, {
    relkind,
    reloftype: 0,
    relam: stored ? 2 : relkind === 'i' ? 403 : 0,
    reltablespace: 0,
    relpages: relkind === 'i' || relkind === 'S' ? 1 : 0,
    relallvisible: 0,
    relallfrozen: 0,
    reltoastrelid: 0,
    relisshared: false,
    relpersistence: 'p',
    relhassubclass: false,
    relforcerowsecurity: false,
    relispopulated: true,
    relreplident: stored ? 'd' : 'n',
    relispartition: false,
    relrewrite: 0,
    relfrozenxid: stored ? 3 : 0,
    relminmxid: stored ? 1 : 0,
  });
}

/** Adds a row of pg_class: a plain object of the kind, but for what is given. */
export function writeClass(
  writer: RowWriter,
  relkind: Kind,
  given: Pick<ClassRow, 'oid' | 'relname' | 'relnamespace' | 'relowner' | 'relnatts' | 'reltuples'> &
    Partial<Pick<ClassRow, Own>>,
): void {
  const { oid, relname, relnamespace, relowner, relnatts, reltuples, reltype = 0, relchecks = 0 } = given;
  const { relhasindex = false, relhasrules = false, relhastriggers = false, relrowsecurity = false } = given;
  const relfilenode = relkind === 'v' ? 0 : oid;
  // Field by field: to spread an object takes longer than all else.
  writer.addLike(templates[relkind], {
    oid,
    relname,
    relnamespace,
    relowner,
    relnatts,
    relfilenode,
    reltype,
    reltuples,
    relhasindex,
    relchecks,
    relhasrules,
    relhastriggers,
    relrowsecurity,
  });
}
