import type { PgError } from '@riffq/wire';
import type { Authentication } from '../authentication/authentication.js';
import type { UnknownUsers } from '../authentication/unknown-users.js';
import type { BaseConnection } from '../base-connection.js';
import type { ServerCatalog } from '../catalog/server-catalog.js';
import type { Entrance } from '../entrance.js';
import type { NegotiatedTls } from '../io/channel.js';
import type { Logger } from '../logger.js';
import type { Notifications } from '../notifications.js';
import type { QueryContext } from '../query-context.js';
import type { BooleanCallback, MaybePromise, QueryCallback, QueryResult } from '../query-result.js';
import type { Session } from '../session.js';
import type { StatementCache } from '../sql/statement-cache.js';
import type { TlsSetup } from '../tls/tls-setup.js';
import type { Activity } from './activity.js';
import type { CancelRegistry } from './cancel/cancel-registry.js';
import type { StartupHost } from './startup/initial-settings.js';
import type { LastStartup } from './startup/last-startup.js';

/** A session as those know it that are not in it. */
export interface OtherSession extends Session {
  readonly activity: Activity;
  readonly tls: NegotiatedTls | null;
  readonly connection: BaseConnection;
  readonly isRunning: boolean;
  /** Ends what it runs. */
  cancel(reason: PgError): void;
}

/** What the user's code is asked, by way of the server, which a subclass may have changed. */
export interface SessionHandlers {
  /** Whether somebody decides on passwords. */
  asksForPassword(connection: BaseConnection): boolean;
  /** Whether somebody decides, after authentication, who may come in. */
  asksWhoConnects(connection: BaseConnection): boolean;
  authenticate(
    connectionId: number,
    user: string,
    password: string,
    host: string,
    context: { database: string; callback: BooleanCallback; session: Session; signal: AbortSignal },
  ): MaybePromise<boolean | undefined | void>;
  connect(
    connectionId: number,
    ip: string,
    port: number,
    context: { serverName: string | null; callback: BooleanCallback; session: Session; signal: AbortSignal },
  ): MaybePromise<boolean | undefined | void>;
  query(
    sql: string,
    callback: QueryCallback,
    context: QueryContext & { readonly connectionId: number },
  ): MaybePromise<QueryResult | undefined | void>;
  disconnect(connectionId: number, ip: string, port: number): MaybePromise<void>;
}

/** What a session needs of the server that it belongs to. */
export interface SessionHost extends StartupHost {
  readonly logger: Logger;
  readonly entrance: Entrance;
  /** Who answers SET, SHOW, RESET, DISCARD ... */
  readonly sessionStatements: 'server' | 'handler';
  /** How clients show who they are; undefined: as their class suggests. */
  readonly authentication: Authentication | undefined;
  readonly unknownUsers: UnknownUsers;
  /** Who reads and writes the data of COPY over the connection. */
  readonly copy: 'server' | 'handler';
  readonly cancelRegistry: CancelRegistry<OtherSession>;
  readonly statements: StatementCache;
  readonly lastStartup: LastStartup;
  /** Undefined without catalog emulation. */
  readonly catalog: ServerCatalog | undefined;
  /** When the server began to listen. */
  readonly started: Date;
  /** The sessions of all clients that have come so far. */
  sessions(): Iterable<OtherSession>;
  readonly notifications: Notifications;
  /** Undefined: SSLRequest is answered with `N`. */
  readonly tls: TlsSetup | undefined;
  readonly requiresTls: boolean;
  readonly handlers: SessionHandlers;
  /** The smallest number that no other connection of this server has had. */
  nextConnectionId(): number;
  /** The number of a transaction, larger than all before. */
  nextTransactionId(): bigint;
  /** Makes the user's connection object; it is `connection(session)` from then on. */
  openConnection(session: Session): BaseConnection;
  /** May replace what a client gets for an error. */
  onError(error: unknown, session: Session): PgError | undefined;
}
