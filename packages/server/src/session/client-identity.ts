import type { PeerCertificate } from 'node:tls';
import type { NoticeFields, PgError } from '@riffq/wire';
import type { Peer } from './peer.js';

/** What start-up has found out about a client. */
export interface ClientIdentity {
  readonly user: string;
  readonly database: string;
  readonly startupParameters: ReadonlyMap<string, string>;
  /** Settings that the client starts with, by lower-case name. */
  readonly initialSettings: ReadonlyMap<string, string>;
  /** What was wrong with the settings that it asked for; it is told once it is let in. */
  readonly settingsRefusal: PgError | undefined;
  /** What it is told then of those that were taken otherwise than it gave them. */
  readonly settingsNotices: readonly NoticeFields[];
  /** Where the client came from and connected to. */
  readonly peer: Peer;
  readonly serverName: string | null;
  readonly encrypted: boolean;
  readonly peerCertificate: PeerCertificate | null;
  /** The hash of the server's certificate that channel binding is about (RFC 5929); null when there is none. */
  readonly certificateHash: Uint8Array | null;
  readonly protocolMinor: number;
}
