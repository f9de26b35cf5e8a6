/** How a query is asked: by the simple query protocol, or by the extended one with results in text or in binary. */
export type QueryMode = 'simple' | 'text' | 'binary';

/** What a behaviour may need of a client, and a client may lack. */
export type Ability = QueryMode | 'parameters';

/** A value that a client sends beside a statement, by its PostgreSQL type; each client makes its language's value of it. */
export interface Parameter {
  readonly type: string;
  readonly text: string | null;
}

/** A column as a client sees it; what it does not tell is `null`. */
export interface Column {
  readonly name: string;
  readonly typeOid: number | null;
  readonly typeModifier: number | null;
}

/** What a client made of a result. Equal results of one client are equal here; two clients' are not comparable. */
export interface Result {
  readonly columns: readonly Column[];
  /** Every value as a text that shows its type in the client's language and all of its value. */
  readonly rows: readonly (readonly string[])[];
  readonly tag: string | null;
}

/** What `Connection.query` may be told. */
export interface QueryOptions {
  /** @defaultValue what the client does by itself */
  readonly mode?: QueryMode;
  /** For `$1`, `$2` ... */
  readonly parameters?: readonly Parameter[];
}

/** One session of a client with a server. */
export interface Connection {
  /** @throws ClientError with the SQLSTATE, when the server answered with an error. */
  query(sql: string, options?: QueryOptions): Promise<Result>;
  close(): Promise<void>;
}

/** Where a client finds its server. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password: string;
}

/** A PostgreSQL client that we did not write, behind an interface that all of them share. */
export interface Client {
  /** As its users call it, with its version. */
  readonly version: string;
  /** The abilities that it lacks, each with the reason. */
  readonly lacks: Readonly<Partial<Record<Ability, string>>>;
  connect(address: ServerAddress): Promise<Connection>;
  close(): Promise<void>;
}

/** An error that a client got from its server. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly sqlstate: string;

  constructor(sqlstate: string, message: string) {
    super(`${sqlstate}: ${message}`);
    this.sqlstate = sqlstate;
  }
}

/** Thrown when a client is not on this machine. */
export class ClientAbsentError extends Error {
  override readonly name = 'ClientAbsentError';
}
