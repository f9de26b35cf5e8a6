import type { PgError } from '@riffq/wire';
import type { Authentication } from './authentication/authentication.js';
import { checkedAuthentication } from './authentication/choose-method.js';
import { UnknownUsers } from './authentication/unknown-users.js';
import type { BaseConnection } from './base-connection.js';
import type { CatalogSetup } from './catalog/catalog-setup.js';
import { ServerCatalog } from './catalog/server-catalog.js';
import type { Clients } from './clients.js';
import type { Connections } from './connections.js';
import { Entrance } from './entrance.js';
import { type ResolvedLimits, resolveLimits } from './limits.js';
import { consoleLogger, forgivingLogger, type Logger } from './logger.js';
import { Notifications } from './notifications.js';
import type { ServerOptions, StartOptions } from './server-options.js';
import { CancelRegistry } from './session/cancel/cancel-registry.js';
import type { OtherSession, SessionHandlers, SessionHost } from './session/session-host.js';
import { LastStartup } from './session/startup/last-startup.js';
import type { Session } from './session.js';
import { type ServerFacts, serverSettings } from './settings/server-settings.js';
import { StatementCache } from './sql/statement-cache.js';
import type { TlsSetup } from './tls/tls-setup.js';

/** What a client is told of this server's version unless `serverVersion` says otherwise. */
const defaultServerVersion = '18.4';
/** Those below are PostgreSQL's own. */
const firstTransactionId = 1000n;
/** Milliseconds that the start of the catalog may take before somebody needs it. */
const catalogWarmUpTimeout = 60_000;

/** What the sessions of a server have in common, some of it only known when the server starts. */
export class ServerHost implements SessionHost {
  readonly logger: Logger;
  readonly limits: ResolvedLimits;
  readonly entrance: Entrance;
  readonly authentication: Authentication | undefined;
  readonly unknownUsers = new UnknownUsers();
  readonly copy: 'server' | 'handler';
  readonly cancelRegistry = new CancelRegistry<OtherSession>();
  readonly statements = new StatementCache();
  lastStartup = new LastStartup();
  readonly notifications = new Notifications();
  readonly handlers: SessionHandlers;
  /** The certificate, whether or not it is asked for. */
  tlsSetup: TlsSetup | undefined;
  readonly #options: ServerOptions;
  readonly #connections: Connections;
  readonly #clients: Clients;
  #start: StartOptions = {};
  #started = new Date();
  #settings: ReadonlyMap<string, string> | undefined;
  #catalog: ServerCatalog | undefined;
  #nextConnectionId = 0;
  #nextTransactionId = firstTransactionId;

  constructor(options: ServerOptions, connections: Connections, clients: Clients, handlers: SessionHandlers) {
    this.logger = forgivingLogger(options.logger ?? consoleLogger);
    this.limits = resolveLimits(options.limits ?? {});
    this.entrance = new Entrance(this.limits);
    this.authentication = checkedAuthentication(options.authentication);
    this.copy = options.copy ?? 'server';
    this.handlers = handlers;
    this.#options = options;
    this.#connections = connections;
    this.#clients = clients;
  }

  /** Takes what the server is started with, before the first client comes. */
  set start(options: StartOptions) {
    this.#start = options;
    this.#settings = undefined;
    // Its answer may have told of another version.
    this.lastStartup = new LastStartup();
  }

  /** The server listens. The catalog starts in the background: clients are accepted before it is up. */
  begin(databases: CatalogSetup, listening: ServerFacts['listening']): void {
    this.#started = new Date();
    this.#settings = serverSettings({ limits: this.limits, tls: this.tls !== undefined, listening });
    if (this.#start.catalogEmulation !== true) return;
    const catalog = new ServerCatalog(databases.begin(), {
      ...this.#options.catalogOptions,
      serverVersion: this.serverVersion,
    });
    this.#catalog = catalog;
    catalog.warm(AbortSignal.timeout(catalogWarmUpTimeout)).catch((error: unknown) => {
      if (!catalog.closed) this.logger.warn({ err: error }, 'the catalog could not be started ahead');
    });
  }

  /** Every client has left. */
  async end(): Promise<void> {
    await this.#catalog?.close();
  }

  get sessionStatements(): 'server' | 'handler' {
    return this.#options.sessionStatements ?? (this.#start.catalogEmulation === true ? 'server' : 'handler');
  }

  get catalog(): ServerCatalog | undefined {
    return this.#catalog;
  }

  /** A server that does not listen may serve streams. */
  get settings(): ReadonlyMap<string, string> {
    this.#settings ??= serverSettings({ limits: this.limits, tls: this.tls !== undefined, listening: null });
    return this.#settings;
  }

  get started(): Date {
    return this.#started;
  }

  get serverVersion(): string {
    return this.#start.serverVersion ?? defaultServerVersion;
  }

  get tls(): TlsSetup | undefined {
    return this.#start.tls ? this.tlsSetup : undefined;
  }

  get requiresTls(): boolean {
    return this.#start.tls === 'require';
  }

  sessions(): Iterable<OtherSession> {
    return this.#clients.sessions();
  }

  nextConnectionId(): number {
    return this.#nextConnectionId++;
  }

  nextTransactionId(): bigint {
    return this.#nextTransactionId++;
  }

  openConnection(session: Session): BaseConnection {
    return this.#connections.open(session);
  }

  onError(error: unknown, session: Session): PgError | undefined {
    return this.#options.onError?.(error, session);
  }
}
