/** One session of the server, as pg_stat_activity shows it. Times are ISO 8601. */
export interface SessionActivity {
  readonly processId: number;
  readonly user: string;
  readonly database: string;
  readonly applicationName: string;
  /** What else it is and does; null when the one who asks may not know. */
  readonly details: SessionDetails | null;
}

/** What TLS a session uses, as OpenSSL calls it; null where nobody knows. */
export interface TlsDetails {
  readonly version: string;
  readonly cipher: string;
  readonly bits: number | null;
}

/** What a session does, and from where. */
export interface SessionDetails {
  readonly state: 'active' | 'idle' | 'idle in transaction' | 'idle in transaction (aborted)';
  /** What it runs, or ran last. */
  readonly query: string;
  readonly clientAddress: string | null;
  readonly clientPort: number | null;
  readonly connected: string;
  readonly transactionBegan: string | null;
  readonly queryBegan: string | null;
  readonly stateChanged: string;
  readonly encrypted: boolean;
  /** What it is encrypted with, where that is known. */
  readonly tls?: TlsDetails | null;
}

/** A prepared statement of the session that asks, as pg_prepared_statements shows it. Times are ISO 8601. */
export interface PreparedStatementEntry {
  readonly name: string;
  readonly statement: string;
  readonly prepared: string;
  readonly parameterTypes: readonly number[];
  /** Null for a statement without rows, and when nobody knows. */
  readonly resultTypes: readonly number[] | null;
  readonly fromSql: boolean;
}

/** A cursor of the session that asks, as pg_cursors shows it. Times are ISO 8601. */
export interface CursorEntry {
  readonly name: string;
  readonly statement: string;
  readonly isHoldable: boolean;
  readonly isBinary: boolean;
  readonly isScrollable: boolean;
  readonly created: string;
}

/** What functions such as pg_backend_pid() and inet_client_addr() answer. */
export interface SessionFacts {
  readonly processId?: number;
  readonly clientAddress?: string;
  readonly clientPort?: number;
  readonly serverAddress?: string;
  readonly serverPort?: number;
  readonly transactionId?: bigint;
  /** What now() answers: when the transaction began, in milliseconds since 1970. @defaultValue when the statement begins */
  readonly transactionBegan?: number;
  /** When the server was started, ISO 8601. */
  readonly started?: string;
}

/** The time limit of a statement, kept by who asks. PostgreSQL's start is not the statement's own time. */
export interface StatementClock {
  /** The statement waits for PostgreSQL to start. May be called again while it stands. */
  stop(): void;
  /** PostgreSQL runs: the statement has all its time from now on. Nothing is to be done if it did not stand. */
  restart(): void;
}

/** Who asks the catalog, and in which session. */
export interface CatalogSession {
  readonly user: string;
  /**
   * Whether the user has shown who they are. If not, statements that end PostgreSQL are not counted by a name alone, which anybody
   * may give, but by the name at the address in `facts`, and by that address. @defaultValue true
   */
  readonly isAuthenticated?: boolean;
  readonly database: string;
  /** Names of schemas, or as SHOW search_path gives it. @defaultValue the one of `settings`, else `"$user", public` */
  readonly searchPath?: string | readonly string[];
  /** The session's settings as SHOW gives them; names in any case. */
  readonly settings?: ReadonlyMap<string, string>;
  /**
   * What the session began with, by lower-case name: what RESET goes back to; asked for only if the statement may want to
   * know.
   */
  readonly initialSettings?: () => ReadonlyMap<string, string>;
  /** Where values of settings come from, as `source` of pg_settings, by lower-case name; asked for as that is. */
  readonly settingSources?: () => ReadonlyMap<string, string>;
  readonly facts?: SessionFacts;
  /** All sessions of the server; asked for only if the statement may want to know. */
  readonly sessions?: () => readonly SessionActivity[];
  /** Those of this session; asked for only if the statement may want to know. */
  readonly preparedStatements?: () => readonly PreparedStatementEntry[];
  readonly cursors?: () => readonly CursorEntry[];
  /** The channels that this session listens to; asked for only if the statement may want to know. */
  readonly listeningChannels?: () => readonly string[];
  readonly signal?: AbortSignal;
  readonly clock?: StatementClock;
}
