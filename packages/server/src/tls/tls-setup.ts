import type { SecureContext } from 'node:tls';
import { RiffqError } from '../errors/riffq-error.js';
import { loadCertificate } from './load-certificate.js';
import type { TlsCertificate, TlsOptions } from './tls-options.js';

/** What a server shakes hands with: certificates, and whether it asks its clients for theirs. */
export class TlsSetup {
  readonly context: SecureContext;
  readonly requestsCertificates: boolean;
  readonly #options: TlsOptions;
  /** What `selectCertificate` gives again and again is read once. */
  readonly #loaded = new WeakMap<TlsCertificate, SecureContext>();

  /** @throws RiffqError RIFFQ_ERR_TLS_CERTIFICATE */
  constructor(
    certificate: string | Uint8Array | SecureContext,
    key: string | Uint8Array | undefined,
    options: TlsOptions,
  ) {
    this.#options = options;
    this.requestsCertificates = options.requestCertificates ?? options.ca !== undefined;
    if (isContext(certificate)) {
      this.context = certificate;
    } else {
      if (key === undefined) throw new RiffqError('RIFFQ_ERR_TLS_CERTIFICATE', 'the key of the certificate is missing');
      this.context = loadCertificate({ ...options, certificate, key }, options.ca);
    }
  }

  get selects(): boolean {
    return this.#options.selectCertificate !== undefined;
  }

  /** The context for a name; undefined for the usual one. */
  async select(serverName: string): Promise<SecureContext | undefined> {
    const chosen = await this.#options.selectCertificate?.(serverName);
    if (chosen === undefined || isContext(chosen)) return chosen;
    const loaded = this.#loaded.get(chosen) ?? loadCertificate(chosen, this.#options.ca);
    this.#loaded.set(chosen, loaded);
    return loaded;
  }
}

function isContext(value: string | Uint8Array | SecureContext | TlsCertificate): value is SecureContext {
  return typeof value === 'object' && 'context' in value;
}
