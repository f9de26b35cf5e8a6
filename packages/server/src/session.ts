import type { PeerCertificate } from 'node:tls';
import type { NoticeFields, PgError } from '@riffq/wire';

/** ReadyForQuery's transaction status: `I` idle, `T` in a block, `E` in a failed block. */
export type TransactionStatus = (typeof transactionStatuses)[number];

/** All that there are. */
export const transactionStatuses = ['I', 'T', 'E'] as const;

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
  /** The client's certificate, which `setTls`'s `ca` has signed; null when it has shown none. */
  readonly peerCertificate: PeerCertificate | null;
  readonly startupParameters: ReadonlyMap<string, string>;
  /** Run-time settings by lower-case name: start-up parameters, then what SET made of them. */
  readonly settings: ReadonlyMap<string, string>;
  readonly transactionStatus: TransactionStatus;
  /** Aborts when the session ends. */
  readonly signal: AbortSignal;
  /** Sends a NoticeResponse: at once to an idle client, else among what the running statement answers. */
  notice(fields: NoticeFields): void;
  /** Remembers a value in `settings` and sends a ParameterStatus: at once to an idle client, else before ReadyForQuery. */
  reportParameter(name: string, value: string): void;
  /**
   * Sends a NotificationResponse when PostgreSQL would: at once to an idle client, else before the next ReadyForQuery outside
   * a transaction block. `processId` is the notifying session's, by default this one's.
   */
  notify(channel: string, payload: string, processId?: number): void;
  /**
   * For handlers that forward statements: what the other PostgreSQL's ReadyForQuery said, so that this session's says the
   * same. Between the implicit `begin` and its end that `handleTransaction` is told of, there is nothing to follow.
   */
  setTransactionStatus(status: TransactionStatus): void;
  /**
   * Settles when the client has taken what it was told, or nearly, or is gone: for those who have much to tell and can make its
   * source wait. A client that is told too much and does not read loses its session.
   */
  drain(): Promise<void>;
  /** Ends the session; the client gets `error` first, if there is one. */
  close(error?: PgError): void;
}
