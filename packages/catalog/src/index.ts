export type { DatabaseContent } from './database-content.js';
export { FIRST_USER_OID, stableOid } from './registry/stable-oid.js';
export type { NameContext } from './route/is-catalog-relation.js';
export { type Route, routeStatement } from './route/route-statement.js';
export type {
  CheckRow,
  ColumnRow,
  DatabaseRow,
  DomainRow,
  EnumRow,
  ForeignKeyRow,
  IndexRow,
  KeyRow,
  RelationRow,
  SchemaRow,
  SequenceRow,
  SettingRow,
} from './source/catalog-rows.js';
export type { ContentSource } from './source/content-source.js';
export type { Deliver, LazyCatalogSource, PullContext, Pulled } from './source/lazy-catalog-source.js';
export { type LazyCatalogOptions, LazySource } from './source/lazy-source.js';
