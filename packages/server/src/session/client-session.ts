import type { PeerCertificate } from 'node:tls';
import { type BackendMessage, type NoticeFields, type PgError, sqlstate } from '@riffq/wire';
import type { BaseConnection } from '../base-connection.js';
import { HandlersCursors } from '../cursors/handlers-cursors.js';
import type { StatementTrace } from '../diagnostics.js';
import { clientGone } from '../errors/interruptions.js';
import { asFatal, toPgError } from '../errors/to-pg-error.js';
import { Interrupt } from '../interrupt.js';
import type { NegotiatedTls } from '../io/channel.js';
import type { Inbound } from '../io/inbound.js';
import type { Outbound } from '../io/outbound.js';
import { type Session, type TransactionStatus, transactionStatuses } from '../session.js';
import { settingDefinition } from '../settings/setting-definition.js';
import { Settings } from '../settings/settings.js';
import { Activity } from './activity.js';
import { AsynchronousMessages } from './asynchronous-messages.js';
import { errorForClient, isForLogAlone, unopened } from './error-for-client.js';
import { openRows, type Portal } from './extended-query/prepared-statement.js';
import { PreparedStatements } from './extended-query/prepared-statements.js';
import { MessageSource } from './message-source.js';
import { NamedMap } from './named-map.js';
import { isWanted } from './notice-level.js';
import { probeClient } from './probe-client.js';
import { readyForQuery } from './ready-for-query.js';
import { SessionChannels } from './session-channels.js';
import type { SessionHost } from './session-host.js';
import { SessionTimers } from './session-timers.js';
import type { ClientIdentity } from './startup/client-identity.js';
import { Transaction } from './transaction/transaction.js';

/** One client's state between its messages; the phases (simple query, extended query ...) are functions over it. */
export class ClientSession implements Session {
  readonly connectionId: number;
  readonly processId: number;
  readonly secretKey: Uint8Array;
  readonly settingValues: Settings;
  readonly transaction = new Transaction();
  readonly channels: SessionChannels;
  readonly statements = new PreparedStatements();
  readonly portals = new NamedMap<Portal>();
  readonly handlersCursors = new HandlersCursors();
  readonly connection: BaseConnection;
  /** As the client named it, until it is known how the source of the catalog does. */
  database: string;
  readonly messages: MessageSource;
  readonly asynchronous: AsynchronousMessages;
  readonly activity = new Activity();
  readonly timers: SessionTimers;
  /** Whether the client has shown that it is the user. */
  isAuthenticated = false;
  /** The running statement, while somebody listens. */
  trace: StatementTrace | undefined;
  /** Aborts when the session ends. */
  readonly interrupt = new Interrupt();
  #running: Interrupt | undefined;
  #ending: PgError | undefined;
  #saidWhy = false;
  #endWhenIdle: PgError | undefined;
  #handling = false;

  constructor(
    readonly host: SessionHost,
    readonly inbound: Inbound,
    readonly outbound: Outbound,
    readonly identity: ClientIdentity,
  ) {
    this.database = identity.startup.database;
    this.asynchronous = new AsynchronousMessages(outbound, this.transaction, (error) => this.close(error));
    this.messages = new MessageSource(inbound, () => outbound.flush());
    this.connectionId = host.nextConnectionId();
    const key = host.cancelRegistry.register(identity.startup.minor >= 2 ? 32 : 4, this);
    this.processId = key.processId;
    this.channels = new SessionChannels(host.notifications, this, this.processId);
    this.secretKey = key.secretKey;
    this.settingValues = new Settings(identity.startup.initialSettings, {
      bytes: host.limits.settingBytes,
      savepoints: () => this.transaction.savedSettings,
    });
    this.timers = new SessionTimers(this);
    try {
      this.connection = host.openConnection(this);
      if (this.connection.initialSettings !== undefined) this.settingValues.begin(this.connection.initialSettings);
    } catch (error) {
      host.cancelRegistry.unregister(this.processId);
      throw unopened(this, error);
    }
    inbound.onEnd = () => this.close();
    inbound.onPaused = () => probeClient(this);
    if (inbound.ended) this.close();
  }

  get user(): string {
    return this.identity.startup.user;
  }

  get applicationName(): string {
    return this.settingValues.get('application_name') ?? '';
  }

  get remoteAddress(): string {
    return this.identity.peer.ip;
  }

  get remotePort(): number {
    return this.identity.peer.port;
  }

  get serverName(): string | null {
    return this.identity.serverName;
  }

  get encrypted(): boolean {
    return this.identity.encrypted;
  }

  get tls(): NegotiatedTls | null {
    return this.identity.tls;
  }

  get peerCertificate(): PeerCertificate | null {
    return this.identity.peerCertificate;
  }

  get startupParameters(): ReadonlyMap<string, string> {
    // Other sessions may share it.
    return new Map(this.identity.startup.parameters);
  }

  get settings(): ReadonlyMap<string, string> {
    return this.settingValues.values;
  }

  get transactionStatus(): TransactionStatus {
    return this.transaction.status;
  }

  get signal(): AbortSignal {
    return this.interrupt.signalFor(this.host.logger);
  }

  /** Why the session is to end, once somebody said so. */
  get ending(): PgError | undefined {
    return this.#ending;
  }

  send(message: BackendMessage): void {
    this.outbound.send(message);
  }

  notice(fields: NoticeFields): void {
    // What another PostgreSQL sends, its client has asked for there.
    const { isForwarded } = this.transaction;
    if (!isForwarded && !isWanted(fields.severity, this.settingValues.get('client_min_messages'))) return;
    this.asynchronous.tell({ type: 'NoticeResponse', fields });
  }

  /** The same as a function of its own. */
  get tell(): (fields: NoticeFields) => void {
    return (fields) => this.notice(fields);
  }

  warn(warning: { readonly sqlstate: string; readonly message: string }): void {
    this.notice({ severity: 'WARNING', ...warning });
  }

  reportParameter(name: string, value: string): void {
    const definition = settingDefinition(name);
    // What clients are always told of, they are told before ReadyForQuery, the first one too.
    const waits = !this.asynchronous.ready && definition?.reported === true;
    this.settingValues.assign(name, value, !waits);
    if (!waits) this.asynchronous.tell({ type: 'ParameterStatus', name: definition?.name ?? name, value });
  }

  notify(channel: string, payload: string, processId: number = this.processId): void {
    this.asynchronous.notify({ type: 'NotificationResponse', processId, channel, payload });
  }

  drain(): Promise<void> {
    return this.outbound.drain();
  }

  setTransactionStatus(status: TransactionStatus): void {
    if (!transactionStatuses.includes(status)) throw new RangeError(`"${status}" is none of ReadyForQuery's statuses`);
    if (status === 'E') this.#failBlock();
    this.transaction.follow(status);
  }

  close(error?: PgError): void {
    if (this.#ending !== undefined) return;
    this.#ending = error === undefined ? clientGone : asFatal(toPgError(error));
    // A client that left by itself is told nothing.
    this.#saidWhy = error === undefined;
    this.timers.stop();
    this.interrupt.abort(this.#ending);
    this.cancel(this.#ending);
    for (const portal of this.portals.all()) {
      openRows(portal.state)?.interrupt.abort(this.#ending);
    }
    this.inbound.interrupt();
  }

  /** Ends the session at once, or when what it is doing is done. */
  closeWhenIdle(error: PgError): void {
    this.#endWhenIdle = error;
    if (!this.#handling) this.close(error);
  }

  /** The message loop says whether it has something in hand. */
  set handling(handling: boolean) {
    this.#handling = handling;
    if (!handling && this.#endWhenIdle !== undefined) this.close(this.#endWhenIdle);
  }

  /** From here on a cancel means this interrupt. */
  beginRunning(interrupt: Interrupt): void {
    if (this.#ending !== undefined) throw this.#ending;
    this.#running = interrupt;
  }

  endRunning(): void {
    this.#running = undefined;
  }

  /** There is something that a cancel can mean. */
  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  cancel(reason: PgError): void {
    this.#running?.abort(reason);
  }

  /** Sends an error's ErrorResponse and marks the transaction; FATAL ends the session. */
  fail(cause: unknown): void {
    if (isForLogAlone(cause)) {
      this.host.logger.debug({ err: cause, connectionId: this.connectionId }, 'a client sent what is no message');
      this.close();
      return;
    }
    const error = errorForClient(this, cause);
    if (error.sqlstate === sqlstate.internal_error && error.cause !== undefined) {
      this.host.logger.error({ err: error.cause, connectionId: this.connectionId }, 'a handler failed');
    }
    this.#failBlock();
    if (error.severity === 'ERROR') {
      this.send({ type: 'ErrorResponse', fields: error.fields });
      return;
    }
    this.close(error);
    this.sayGoodbye();
  }

  /** Tells the client, once, why its session ends. */
  sayGoodbye(): void {
    if (this.#saidWhy || this.#ending === undefined) return;
    this.#saidWhy = true;
    this.send({ type: 'ErrorResponse', fields: this.#ending.fields });
    this.outbound.flush();
  }

  /** Sends ParameterStatus for what has changed, as PostgreSQL does: before ReadyForQuery. */
  tellSettings(): void {
    if (!this.settingValues.hasUntold) return;
    this.settingValues.tellUntold((name, value) => this.send({ type: 'ParameterStatus', name, value }));
  }

  /** Nothing follows a fatal error. */
  readyForQuery(): void {
    if (this.#ending !== undefined) return;
    this.asynchronous.sendNotifications();
    this.tellSettings();
    this.activity.rest(this.transaction.status);
    this.outbound.sendEncoded(readyForQuery[this.transaction.status]);
    this.asynchronous.ready = true;
    this.timers.beginIdle();
  }

  /** The client has sent something. */
  wake(): void {
    if (!this.asynchronous.ready) return;
    this.asynchronous.ready = false;
    this.timers.endIdle();
  }

  /** A statement begins. */
  begin(sql: string): void {
    this.activity.begin(sql);
    this.timers.continueTransaction();
  }

  /** Replies that are ready are not held back by work that outlasts a turn of the event loop. */
  async flushingMeanwhile<T>(work: Promise<T>): Promise<T> {
    const flushing = setImmediate(() => this.outbound.flush());
    try {
      return await work;
    } finally {
      clearImmediate(flushing);
    }
  }

  #failBlock(): void {
    if (this.transaction.kind !== 'block' || this.transaction.failed) return;
    this.settingValues.abort(this.transaction.lastSettings);
    this.transaction.fail();
  }
}
