import type { CatalogOptions } from '@riffq/catalog';
import type { PgError } from '@riffq/wire';
import type { Authentication } from './authentication/authentication.js';
import type { Executor } from './executor.js';
import type { Limits } from './limits.js';
import type { Logger } from './logger.js';
import type { Session } from './session.js';

/** How a server starts: what `start`, `listen` and `serve` take. */
export interface StartOptions {
  /** `true` lets clients ask for TLS, `'require'` refuses those that do not. @defaultValue false */
  readonly tls?: boolean | 'require';
  /**
   * Answers pg_catalog and information_schema from what was registered, or from the lazy source; clients of a database that
   * neither has are refused. @defaultValue false, but true for `serve`
   */
  readonly catalogEmulation?: boolean;
  /** What `server_version` says; drivers choose their behaviour by it. @defaultValue '18.4' */
  readonly serverVersion?: string;
  /** Closes the server when it aborts. */
  readonly signal?: AbortSignal;
  /** What `close` gives running statements when nothing else is said: on a signal of the system, or of this. @defaultValue 1000 */
  readonly grace?: number;
}

/** What holds for a server as long as it lives. */
export interface ServerOptions {
  /** @defaultValue a piscina pool, made on first use */
  readonly executor?: Executor;
  /** @defaultValue warnings and errors to the console */
  readonly logger?: Logger;
  readonly limits?: Limits;
  /**
   * How clients show who they are: a method, one with its settings, or a function that chooses for each client.
   * @defaultValue 'password' when `handleAuth` is overridden, else 'scram-sha-256' when there is `lookupPassword`, else 'trust'
   */
  readonly authentication?: Authentication;
  /** How the PostgreSQL of catalog emulation is run: where, for how long a statement may run, how much memory it may have. */
  readonly catalogOptions?: Omit<CatalogOptions, 'serverVersion'>;
  /** Who answers SET, SHOW, RESET, DISCARD ... @defaultValue 'server' with catalog emulation, else 'handler' */
  readonly sessionStatements?: 'server' | 'handler';
  /**
   * Who reads and writes the data of COPY ... FROM STDIN and TO STDOUT: with `'handler'` the statement goes to `handleQuery`,
   * which answers with `copyIn` or `copyOut`. @defaultValue 'server'
   */
  readonly copy?: 'server' | 'handler';
  /** May replace what a client gets for an error. */
  readonly onError?: (error: unknown, session: Session) => PgError | undefined;
}
