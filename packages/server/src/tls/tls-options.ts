import type { SecureContext } from 'node:tls';
import type { MaybePromise } from '../query-result.js';

/** A certificate and its key: paths of PEM files, or PEM itself. */
export interface TlsCertificate {
  readonly certificate: string | Uint8Array;
  readonly key: string | Uint8Array;
  /** For an encrypted key. */
  readonly passphrase?: string;
}

/** What `setTls` may be told beside a certificate and its key. */
export interface TlsOptions {
  /** For an encrypted key. */
  readonly passphrase?: string;
  /**
   * Certificates of authorities, as path or PEM. Clients are asked for a certificate that one of them has signed; one that
   * shows another is refused. The method `cert` is for those that must show one.
   */
  readonly ca?: string | Uint8Array;
  /** Asks clients for certificates. @defaultValue true with `ca`; say it with a `SecureContext` that has authorities */
  readonly requestCertificates?: boolean;
  /** Chooses by the name that a client asks for (SNI). What is no certificate is the one that was set. */
  readonly selectCertificate?: (serverName: string) => MaybePromise<TlsCertificate | SecureContext | undefined>;
}
