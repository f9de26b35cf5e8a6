import type { PeerCertificate } from 'node:tls';
import type { NegotiatedTls } from '../../io/channel.js';
import type { Peer } from './peer.js';
import type { StartupRequest } from './startup-request.js';

/** What start-up has found out about a client. */
export interface ClientIdentity {
  readonly startup: StartupRequest;
  /** Where the client came from and connected to. */
  readonly peer: Peer;
  readonly serverName: string | null;
  readonly encrypted: boolean;
  /** Null without TLS of our own. */
  readonly tls: NegotiatedTls | null;
  readonly peerCertificate: PeerCertificate | null;
  /** The hash of the server's certificate that channel binding is about (RFC 5929); null when there is none. */
  readonly certificateHash: Uint8Array | null;
}
