/** All that there are. */
export const queryModes = ['simple', 'text', 'binary'] as const;

/** How a query is asked: by the simple query protocol, or by the extended one with results in text or in binary. */
export type QueryMode = (typeof queryModes)[number];

/** What a behaviour may need of a client, and a client may lack. */
export type Ability =
  | QueryMode
  | 'parameters'
  | 'arrays'
  | 'script'
  | 'batch'
  | 'portions'
  | 'copy'
  | 'copyError'
  | 'copyRows'
  | 'echo'
  | 'cancel'
  | 'ways';

/** A value that a client sends beside a statement, by its PostgreSQL type; each client makes its language's value of it. */
export interface Parameter {
  readonly type: string;
  readonly text: string | null;
}

/** A column as a client sees it. */
export interface Column {
  readonly name: string;
  /** All that the client tells of it: OID and modifier, or a name; `null` when it tells nothing. */
  readonly type: string | null;
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

/** COPY's formats. */
export type CopyFormat = 'text' | 'csv' | 'binary';

/** Where COPY writes to. */
export interface CopyTable {
  readonly table: string;
  readonly columns: readonly string[];
}

/** A statement that was sent, and whose answer was not waited for. */
export interface RunningStatement {
  /** Asks the server to cancel it, as the client does that. */
  cancel(): Promise<void>;
  /** @throws ClientError */
  result(): Promise<Result>;
}

/** One session of a client with a server. What its client lacks is not called. All methods throw ClientErrors. */
export interface Connection {
  query(sql: string, options?: QueryOptions): Promise<Result>;
  /** A text of several statements; the results of all. */
  script(sql: string): Promise<readonly Result[]>;
  /** One statement with each of several lists of parameters, all sent before the first answer is waited for. */
  batch(sql: string, lists: readonly (readonly Parameter[])[]): Promise<void>;
  /** A result that is asked for in portions of `size` rows, at most `most` of them; the rows of each. */
  portions(sql: string, size: number, most?: number): Promise<readonly Result['rows'][]>;
  copyOut(query: string, format: CopyFormat): Promise<Buffer>;
  /** Answers the command's tag. */
  copyIn(target: CopyTable, format: CopyFormat, data: Buffer): Promise<string | null>;
  /** COPY of values, which the client itself makes binary data of. */
  copyRows(target: CopyTable, rows: readonly (readonly Parameter[])[]): Promise<void>;
  /** Reads a column in binary, and gives each of its values back as `$1` of another statement; the rows of all. */
  echo(sql: string, echoing: string): Promise<readonly Result['rows'][]>;
  /** COPY of the values of a column that it has read, which the client itself makes binary data of. */
  copyEcho(target: CopyTable, sql: string): Promise<void>;
  start(sql: string): Promise<RunningStatement>;
  close(): Promise<void>;
}

/** Where a client finds its server. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password: string;
  /** What a user of libpq would add: `sslmode`, `channel_binding` ... Each client makes its own of it. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Values of a PostgreSQL type that a client cannot read, from whatever server. */
export interface Unreadable {
  readonly type: string;
  /** As PostgreSQL prints them. */
  readonly values: readonly string[];
  readonly reason: string;
}

/** A PostgreSQL client that we did not write, behind an interface that all of them share. */
export interface Client {
  /** As its users call it, with its version. */
  readonly version: string;
  /** The abilities that it lacks, each with the reason. */
  readonly lacks: Readonly<Partial<Record<Ability, string>>>;
  /** What its users may set that has it ask in other ways than by default, as they would write it. */
  readonly ways: readonly string[];
  /** Every value of a PostgreSQL type that it reads in none, or not in all, of its modes. */
  readonly unreadable: readonly Unreadable[];
  connect(address: ServerAddress, way?: string): Promise<Connection>;
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

/** A method of what the client lacks. */
export function lacking(): Promise<never> {
  return Promise.reject(new Error('the client lacks this'));
}
