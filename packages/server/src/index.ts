export { toArrow } from '@riffq/arrow-helpers';
export type {
  CatalogOptions,
  ColumnRegistration,
  ColumnRow,
  DatabaseRow,
  KeyedColumnRegistration,
  LazyCatalogOptions,
  LazyCatalogSource,
  RelationRow,
  SchemaRegistration,
  SchemaRow,
  TableRegistration,
} from '@riffq/catalog';
export { PgError } from '@riffq/wire';
export type {
  Authentication,
  AuthenticationMethod,
  AuthenticationSettings,
  CertificateSettings,
  Md5Settings,
  PasswordSettings,
  RejectSettings,
  ScramSettings,
  TrustSettings,
} from './authentication/authentication.js';
export { md5Verifier } from './authentication/md5-verifier.js';
export { scramVerifier } from './authentication/scram-verifier.js';
export { BaseConnection, type ConnectionClass } from './base-connection.js';
export type { AuthenticationTrace, ConnectionTrace, CopyTrace, StatementTrace, Traced } from './diagnostics.js';
export { RiffqError, type RiffqErrorCode } from './errors/riffq-error.js';
export type { Executor, ExecutorTask } from './executor.js';
export type { Limits, MessageBytes, ReservedConnections } from './limits.js';
export type { ListenTarget } from './listen-address.js';
export { consoleLogger, type Logger } from './logger.js';
export type {
  CopyTarget,
  EncodedParameters,
  ParameterValue,
  QueryContext,
  StatementContext,
  StatementDescription,
  TransactionCommand,
  TransactionModes,
} from './query-context.js';
export {
  type Answer,
  type AnyIterable,
  type BooleanCallback,
  type CommandTag,
  type CopyIn,
  type CopyOut,
  copyIn,
  copyOut,
  type EncodedRows,
  encodedRows,
  type MaybePromise,
  type QueryCallback,
  type QueryResult,
  type Rows,
  rows,
  tag,
} from './query-result.js';
export { RiffqServer } from './riffq-server.js';
export { type ServeOptions, serve } from './serve.js';
export type { ServerOptions, StartOptions } from './server-options.js';
export type { ServerStatus } from './server-status.js';
export type { Peer } from './session/startup/peer.js';
export type { Session, TransactionStatus } from './session.js';
export { selfSignedCertificate } from './tls/self-signed-certificate.js';
export type { TlsCertificate, TlsOptions } from './tls/tls-options.js';
