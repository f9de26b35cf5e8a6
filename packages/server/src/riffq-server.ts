import type { AddressInfo, Server } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureContext } from 'node:tls';
import type {
  ColumnRegistration,
  KeyedColumnRegistration,
  LazyCatalogOptions,
  LazyCatalogSource,
  SchemaRegistration,
  TableRegistration,
} from '@riffq/catalog';
import { defaultMethod, warningBeyondLoopback } from './authentication/choose-method.js';
import { BaseConnection, type ConnectionClass } from './base-connection.js';
import { bind, stopListening } from './bind.js';
import { CatalogSetup } from './catalog/catalog-setup.js';
import { Clients } from './clients.js';
import { Connections } from './connections.js';
import { alreadyStarted, RiffqError } from './errors/riffq-error.js';
import { PoolExecutor } from './executor.js';
import { createDirectServer } from './io/direct-server.js';
import { peerOf } from './io/peer-of.js';
import { isLoopback, type ListenAddress, type ListenTarget, parseListenTarget } from './listen-address.js';
import { checkNotification } from './notifications.js';
import type { QueryContext } from './query-context.js';
import type { MaybePromise, QueryCallback, QueryResult } from './query-result.js';
import { ServerHost } from './server-host.js';
import type { ServerOptions, StartOptions } from './server-options.js';
import type { ServerStatus } from './server-status.js';
import type { Peer } from './session/startup/peer.js';
import type { Session } from './session.js';
import { listenForStopSignals } from './stop-signals.js';
import type { TlsOptions } from './tls/tls-options.js';
import { TlsSetup } from './tls/tls-setup.js';

const defaultGrace = 1000;

/**
 * A server that clients of PostgreSQL connect to; each gets an object of `connectionClass`.
 * @example
 * const server = new RiffqServer('127.0.0.1:5433', Connection);
 * await server.start();
 */
export class RiffqServer implements AsyncDisposable {
  readonly #address: ListenAddress;
  readonly #connectionClass: ConnectionClass;
  readonly #ownExecutor = new PoolExecutor();
  readonly #clients = new Clients();
  readonly #connections: Connections;
  readonly #catalogSetup = new CatalogSetup();
  readonly #host: ServerHost;
  #shutdownCallback: (() => MaybePromise<void>) | undefined;
  #server: Server | undefined;
  #signal: AbortSignal | undefined;
  #grace = defaultGrace;
  #starting = false;
  #closing: Promise<void> | undefined;
  #isClosed = false;
  readonly #onAbort = (): void => void this.close();

  constructor(listenAddress: ListenTarget, connectionClass: ConnectionClass, options: ServerOptions = {}) {
    this.#address = parseListenTarget(listenAddress);
    this.#connectionClass = connectionClass;
    this.#connections = new Connections(connectionClass, options.executor ?? this.#ownExecutor);
    this.#host = new ServerHost(options, this.#connections, this.#clients, {
      asksForPassword: (connection) => this.#hasOwn('handleAuth', connection),
      asksWhoConnects: (connection) => this.#hasOwn('handleConnect', connection),
      authenticate: (connectionId, ...rest) => this.handleAuth(connectionId, ...rest),
      connect: (connectionId, ...rest) => this.handleConnect(connectionId, ...rest),
      query: (sql, callback, context) => this.handleQuery(sql, callback, context),
      disconnect: (connectionId, ip, port) =>
        this.#connections.close(connectionId, () => this.handleDisconnect(connectionId, ip, port)),
    });
  }

  /** Names a database for catalog emulation. */
  registerDatabase(database: string): void {
    this.#catalogSetup.register((registry) => registry.registerDatabase(database));
  }

  /** Names a schema of a registered database; throws RIFFQ_ERR_CATALOG_REGISTRATION when that is unknown. */
  registerSchema(database: string, schema: string, details: SchemaRegistration = {}): void {
    this.#catalogSetup.register((registry) => registry.registerSchema(database, schema, details));
  }

  /**
   * Names a table, its columns, and what else is known of it; throws RIFFQ_ERR_CATALOG_REGISTRATION when something is unknown
   * or missing.
   */
  registerTable(
    database: string,
    schema: string,
    table: string,
    columns: readonly (ColumnRegistration | KeyedColumnRegistration)[],
    details: TableRegistration = {},
  ): void {
    this.#catalogSetup.register((registry) => registry.registerTable(database, schema, table, columns, details));
  }

  /**
   * Takes the catalog from a live source instead of what was registered; called before the server listens.
   * @throws RiffqError RIFFQ_ERR_CATALOG_REGISTRATION when the source lacks a method, or the server listens.
   */
  setLazyCatalog(source: LazyCatalogSource, options: LazyCatalogOptions = {}): void {
    this.#catalogSetup.setLazyCatalog(source, options);
  }

  /** Runs once, when the server has stopped accepting and every client has left. */
  handleShutdown(callback: () => MaybePromise<void>): void {
    this.#shutdownCallback = callback;
  }

  /**
   * Sets the certificate and key for `start({ tls: true })`, as paths or PEM, or a context that has both. May be called again,
   * to replace them for the clients that come then.
   * @throws RiffqError RIFFQ_ERR_TLS_CERTIFICATE naming the file that is missing or what is wrong.
   */
  setTls(certificate: string | Uint8Array | SecureContext, key?: string | Uint8Array, options: TlsOptions = {}): void {
    this.#host.tlsSetup = new TlsSetup(certificate, key, options);
  }

  /**
   * Listens, unless `listen` was called before, closes on SIGINT or SIGTERM, and settles when the server has stopped. A
   * second signal cuts every client off, a third ends the process. @throws RiffqError as `listen` does.
   */
  async start(options: StartOptions = {}): Promise<void> {
    // Two of them would take one signal for two.
    if (this.#starting) throw alreadyStarted();
    if (this.#server === undefined) await this.listen(options);
    this.#starting = true;
    const ignoreSignals = listenForStopSignals(() => {
      if (this.#closing === undefined) {
        void this.close();
        return;
      }
      ignoreSignals();
      this.#clients.cutOff();
    });
    try {
      const closed = new Promise<void>((resolve) => this.#server?.once('close', () => resolve()));
      if (this.#closing === undefined) await closed;
      await this.close();
    } finally {
      ignoreSignals();
    }
  }

  /**
   * Listens and settles when clients are accepted, with the address (the chosen port for port 0).
   * @throws RiffqError RIFFQ_ERR_LISTEN_ADDRESS, RIFFQ_ERR_ALREADY_STARTED or RIFFQ_ERR_TLS_NOT_SET; the reason of `signal`
   * when that has aborted already.
   */
  async listen(options: StartOptions = {}): Promise<AddressInfo | string> {
    options.signal?.throwIfAborted();
    if (this.#server !== undefined || this.#closing !== undefined) throw alreadyStarted();
    if (options.tls !== undefined && options.tls !== false && this.#host.tlsSetup === undefined) {
      throw new RiffqError('RIFFQ_ERR_TLS_NOT_SET', 'TLS was asked for: call setTls(certificate, key) first');
    }
    this.#host.start = options;
    this.#grace = options.grace ?? defaultGrace;
    this.#signal = options.signal;
    options.signal?.addEventListener('abort', this.#onAbort);
    const { entrance, limits } = this.#host;
    const server = createDirectServer({
      keepAlive: limits.keepAlive,
      isOpen: () => entrance.isOpen,
      onSocket: (socket) => void this.handleSocket(socket, peerOf(socket)),
    });
    this.#server = server;
    try {
      await bind(server, this.#address);
    } catch (error) {
      options.signal?.removeEventListener('abort', this.#onAbort);
      this.#server = undefined;
      throw error;
    }
    this.#host.begin(this.#catalogSetup, { target: this.#address, address: server.address() });
    server.on('error', (error) => this.#host.logger.error({ err: error }, 'the listening socket failed'));
    if (this.#closing !== undefined) {
      server.close();
      throw alreadyStarted();
    }
    if (!isLoopback(this.#address)) {
      const { prototype } = this.#connectionClass;
      const usual = defaultMethod(this.#hasOwn('handleAuth', prototype), prototype);
      const warning = warningBeyondLoopback(this.#host.authentication, usual, Boolean(options.tls));
      if (warning !== undefined) this.#host.logger.warn({ address: server.address() }, warning);
    }
    return server.address() ?? '';
  }

  /** Where the server listens; null before and after. */
  address(): AddressInfo | string | null {
    return this.#server?.address() ?? null;
  }

  /** Serves one client over any stream; settles when it has left. A closed server destroys the stream. */
  handleSocket(stream: Duplex, peer: Peer): Promise<void> {
    if (this.#closing === undefined) return this.#clients.serve(this.#host, stream, peer);
    stream.destroy();
    return Promise.resolve();
  }

  /** Forwards to the connection's `handleAuth`. */
  handleAuth(
    connectionId: number,
    ...rest: Parameters<BaseConnection['handleAuth']>
  ): MaybePromise<boolean | undefined | void> {
    return this.getConnection(connectionId).handleAuth(...rest);
  }

  /** Forwards to the connection's `handleConnect`. */
  handleConnect(
    connectionId: number,
    ...rest: Parameters<BaseConnection['handleConnect']>
  ): MaybePromise<boolean | undefined | void> {
    return this.getConnection(connectionId).handleConnect(...rest);
  }

  /** Forwards to the connection's `handleDisconnect`. */
  handleDisconnect(connectionId: number, ip: string, port: number): MaybePromise<void> {
    return this.getConnection(connectionId).handleDisconnect(ip, port);
  }

  /** Forwards to the connection's `handleQuery`. */
  handleQuery(
    sql: string,
    callback: QueryCallback,
    context: QueryContext & { readonly connectionId: number },
  ): MaybePromise<QueryResult | undefined | void> {
    return this.getConnection(context.connectionId).handleQuery(sql, callback, context);
  }

  /**
   * Tells every client that has said LISTEN to the channel, whatever its database, where session statements are the server's.
   * @throws RiffqError RIFFQ_ERR_NOTIFICATION for an empty or too long channel, or a payload of 8000 bytes or more.
   */
  notify(channel: string, payload = ''): void {
    checkNotification(channel, payload);
    this.#host.notifications.publish(channel, payload, 0);
  }

  /** The connection object of a client that is here; throws a RangeError for any other number. */
  getConnection(connectionId: number): BaseConnection {
    return this.#connections.get(connectionId);
  }

  /** Whether clients are accepted, and how much there is to do. */
  status(): ServerStatus {
    const sessions = this.#clients.admitted();
    return {
      state: this.#isClosed ? 'closed' : this.#closing === undefined ? 'accepting' : 'draining',
      sessions: sessions.length,
      statementsRunning: sessions.filter((session) => session.isRunning).length,
    };
  }

  /** The sessions of the clients that have been let in. */
  sessions(): readonly Session[] {
    return this.#clients.admitted();
  }

  /**
   * Stops accepting, tells idle clients 57P01, lets running statements finish for `grace` milliseconds, then closes.
   * Settles when every client has left and `handleShutdown`'s callback has run.
   */
  close(
    options: { /** @defaultValue what `listen` was given, else 1000 */ readonly grace?: number } = {},
  ): Promise<void> {
    this.#closing ??= this.#close(options.grace ?? this.#grace);
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(grace: number): Promise<void> {
    const stopped = stopListening(this.#server);
    const unfinished = await this.#clients.dismiss(grace);
    if (unfinished > 0) this.#host.logger.warn({ unfinished }, 'handlers did not finish with clients that have left');
    await stopped;
    this.#signal?.removeEventListener('abort', this.#onAbort);
    await this.#host.end();
    try {
      await this.#shutdownCallback?.();
    } catch (error) {
      this.#host.logger.error({ err: error }, 'a handler failed on shutdown');
    }
    await this.#ownExecutor.close();
    this.#isClosed = true;
  }

  /** Whether the host's code has a method of its own. Asked of the object, not the class: a method may also be a field. */
  #hasOwn<M extends 'handleAuth' | 'handleConnect'>(method: M, connection: Pick<BaseConnection, M>): boolean {
    return connection[method] !== BaseConnection.prototype[method] || this[method] !== RiffqServer.prototype[method];
  }
}
