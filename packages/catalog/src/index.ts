export type { DatabaseContent } from './database-content.js';
export { CatalogRegistrationError } from './errors.js';
export { CatalogRegistry } from './registry/catalog-registry.js';
export type {
  ColumnRegistration,
  DomainRegistration,
  KeyedColumnRegistration,
  SchemaRegistration,
  TableRegistration,
} from './registry/registrations.js';
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
