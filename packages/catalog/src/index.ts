export { CatalogResult, type StatementEffect } from './catalog-result.js';
export type {
  CatalogSession,
  CursorEntry,
  PreparedStatementEntry,
  SessionActivity,
  SessionDetails,
  SessionFacts,
  StatementClock,
  TlsDetails,
} from './catalog-session.js';
export { keptName } from './clip-name.js';
export { type Catalog, type CatalogOptions, type CatalogQueryOptions, createCatalog } from './create-catalog.js';
export type {
  ColumnContent,
  ConstraintContent,
  DatabaseContent,
  DatabaseEntry,
  DomainContent,
  EnumContent,
  IndexContent,
  NamedValue,
  Owner,
  ReferentialAction,
  RelationContent,
  SchemaContent,
  SequenceContent,
} from './database-content.js';
export type { ParameterBytes } from './engine/frontend-bytes.js';
export type { StatementDescription } from './engine/read-answer.js';
export { CatalogRegistrationError } from './errors/registration-errors.js';
export { unknownDatabase } from './errors/statement-errors.js';
export { freeName } from './free-name.js';
export { requireOwnRole, saysRole } from './own-role.js';
export { CatalogRegistry } from './registry/catalog-registry.js';
export { OidAllocator } from './registry/oid-allocator.js';
export type {
  ColumnRegistration,
  DomainRegistration,
  KeyedColumnRegistration,
  SchemaRegistration,
  TableRegistration,
} from './registry/registrations.js';
export { FIRST_USER_OID, stableOid } from './registry/stable-oid.js';
export type { NameContext } from './route/is-catalog-relation.js';
export type { ReadingFor } from './route/parser-thread.js';
export { mayBeCatalogQuery } from './route/prefilter.js';
export { type CatalogRoute, type Route, routeStatement } from './route/route-statement.js';
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
export type { CatalogPullTrace } from './source/pull-database.js';
