import type { NoticeFields, PgError } from '@riffq/wire';

/** ReadyForQuery's transaction status: `I` idle, `T` in a block, `E` in a failed block. */
export type TransactionStatus = 'I' | 'T' | 'E';

/** What the server knows of one client, from its start-up packet to its end. */
export interface Session {
  readonly connectionId: number;
  /** The number that BackendKeyData gives to the client; a CancelRequest names it. */
  readonly processId: number;
  readonly user: string;
  readonly database: string;
  readonly applicationName: string;
  /** The peer's address; empty for a Unix socket. */
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** The name that the client asked for in its TLS handshake (SNI), else null. */
  readonly serverName: string | null;
  readonly encrypted: boolean;
  readonly startupParameters: ReadonlyMap<string, string>;
  /** Run-time settings by lower-case name: start-up parameters, then what SET made of them. */
  readonly settings: ReadonlyMap<string, string>;
  readonly transactionStatus: TransactionStatus;
  /** Aborts when the session ends. */
  readonly signal: AbortSignal;
  /** Sends a NoticeResponse, before the answer of the statement that is running. */
  notice(fields: NoticeFields): void;
  /** Sends a ParameterStatus and remembers the value in `settings`. */
  reportParameter(name: string, value: string): void;
  /** Ends the session; the client gets `error` first, if there is one. */
  close(error?: PgError): void;
}
