import type { LazyCatalogSource } from '@riffq/catalog';
import { BaseConnection } from './base-connection.js';
import { noAnswer } from './errors/result-errors.js';
import type { ListenTarget } from './listen-address.js';
import type { QueryContext, StatementContext, StatementDescription } from './query-context.js';
import type { MaybePromise, QueryCallback, QueryResult } from './query-result.js';
import { RiffqServer } from './riffq-server.js';
import type { ServerOptions, StartOptions } from './server-options.js';
import type { Session } from './session.js';
import type { TlsCertificate, TlsOptions } from './tls/tls-options.js';

/** What `serve` takes: its function, and what `RiffqServer` and its `listen` take. */
export interface ServeOptions extends ServerOptions, Omit<StartOptions, 'tls'> {
  /** @defaultValue '127.0.0.1:5432' */
  readonly address?: ListenTarget;
  /** Answers one statement. */
  query(sql: string, context: QueryContext): MaybePromise<QueryResult>;
  /** Says what a statement takes and gives, without running it. */
  describe?(sql: string, context: StatementContext): MaybePromise<StatementDescription>;
  /** Offers TLS with this certificate; with `required`, plain clients are refused. @defaultValue no TLS */
  readonly tls?: TlsCertificate & TlsOptions & { readonly required?: boolean };
  /** Decides on a user and a password that the client sends as it is. */
  authenticate?(user: string, password: string, session: Session): MaybePromise<boolean>;
  /**
   * What is known of a user's password: itself, or better a verifier (`scramVerifier`); null for an unknown user. Then clients
   * show by SCRAM-SHA-256 that they know it. Without it and `authenticate` nobody is asked for a password.
   */
  lookupPassword?(user: string, session: Session): MaybePromise<string | null>;
  /** Says live what there is, for pg_catalog and information_schema. */
  readonly catalog?: LazyCatalogSource;
}

/**
 * Serves one function to every client of PostgreSQL; settles when clients are accepted. Session statements (SET, SHOW ...)
 * are answered by the server unless told otherwise.
 *
 * @throws RiffqError as `RiffqServer.listen` does.
 * @example
 * await using server = await serve({ address: '127.0.0.1:5433', query: () => [{ answer: 42 }] });
 */
export async function serve(options: ServeOptions): Promise<RiffqServer> {
  const {
    address = '127.0.0.1:5432',
    catalogEmulation = true,
    query,
    describe,
    authenticate,
    lookupPassword,
    tls,
    catalog,
    ...rest
  } = options;

  class FunctionConnection extends BaseConnection {
    override handleQuery(sql: string, _callback: QueryCallback, context: QueryContext): MaybePromise<QueryResult> {
      const result: MaybePromise<QueryResult> | undefined = query(sql, context);
      // There is no callback to wait for.
      if (result === undefined) throw noAnswer();
      return result;
    }
  }
  if (describe !== undefined) FunctionConnection.prototype.handleDescribe = describe;
  if (authenticate !== undefined) {
    FunctionConnection.prototype.handleAuth = (user, password, _host, { session }) =>
      authenticate(user, password, session);
  }
  if (lookupPassword !== undefined) {
    FunctionConnection.prototype.lookupPassword = (user, { session }) => lookupPassword(user, session);
  }
  const server = new RiffqServer(address, FunctionConnection, { sessionStatements: 'server', ...rest });
  if (catalog !== undefined) server.setLazyCatalog(catalog);
  if (tls !== undefined) server.setTls(tls.certificate, tls.key, tls);
  await server.listen({ ...rest, catalogEmulation, tls: tls?.required === true ? 'require' : tls !== undefined });
  return server;
}
