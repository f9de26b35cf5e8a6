import type { PeerCertificate } from 'node:tls';
import type { PgError } from '@riffq/wire';

/** What start-up has found out about a client. */
export interface ClientIdentity {
  readonly user: string;
  readonly database: string;
  readonly startupParameters: ReadonlyMap<string, string>;
  /** Settings that the client starts with, by lower-case name. */
  readonly initialSettings: ReadonlyMap<string, string>;
  /** What was wrong with the settings that it asked for; it is told once it is let in. */
  readonly settingsRefusal: PgError | undefined;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** Where the client connected to; undefined when it came by no socket. */
  readonly serverAddress: string | undefined;
  readonly serverPort: number | undefined;
  readonly serverName: string | null;
  readonly encrypted: boolean;
  readonly peerCertificate: PeerCertificate | null;
  /** The hash of the server's certificate that channel binding is about (RFC 5929); null when there is none. */
  readonly certificateHash: Uint8Array | null;
  readonly protocolMinor: number;
}
