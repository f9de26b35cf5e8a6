export { CatalogResult, type StatementEffect } from './catalog-result.js';
export type { CatalogSession, SessionActivity, SessionFacts } from './catalog-session.js';
export {
  type Catalog,
  type CatalogOptions,
  type CatalogQueryOptions,
  type ContentSource,
  createCatalog,
} from './create-catalog.js';
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
