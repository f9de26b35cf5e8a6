import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type PeerCertificate, TLSSocket } from 'node:tls';
import { PgError, sqlstate } from '@riffq/wire';
import type { ResolvedLimits } from '../limits.js';
import { certificateHash } from '../tls/certificate-hash.js';
import { alpnProtocol, clientCertificate, secureServerSide } from '../tls/handshake.js';
import type { TlsSetup } from '../tls/tls-setup.js';
import { DirectSocket } from './direct-socket.js';
import { Inbound } from './inbound.js';
import { Outbound } from './outbound.js';

/** How long a client may take to read its last message and close, in milliseconds. */
export const lingerTimeout = 1000;

/** The first byte of a TLS handshake; no start-up packet is long enough to begin with it. */
const tlsHandshake = 0x16;

/** A version of TLS and a cipher, as OpenSSL calls them. */
export interface NegotiatedTls {
  readonly version: string;
  readonly cipher: string;
}

/** Both ways to one client, over its plain stream and perhaps, later, over TLS. */
export class Channel {
  #stream: Duplex;
  #inbound: Inbound;
  #outbound: Outbound;
  #encrypted: boolean;
  #peerCertificate: PeerCertificate | null = null;
  readonly #limits: ResolvedLimits;
  readonly #onTlsError: (error: unknown) => void;

  /** `onTlsError` hears what went wrong on the host's side of a handshake. */
  constructor(stream: Duplex, limits: ResolvedLimits, encrypted: boolean, onTlsError: (error: unknown) => void) {
    this.#onTlsError = onTlsError;
    this.#limits = limits;
    this.#stream = stream;
    this.#inbound = new Inbound(stream, limits);
    this.#outbound = new Outbound(stream);
    this.#encrypted = encrypted;
  }

  get inbound(): Inbound {
    return this.#inbound;
  }

  get outbound(): Outbound {
    return this.#outbound;
  }

  get encrypted(): boolean {
    return this.#encrypted;
  }

  /** The name that the client asked for in its TLS handshake (SNI). */
  get serverName(): string | null {
    const stream = this.#stream;
    if (!(stream instanceof TLSSocket)) return null;
    const name: unknown = 'servername' in stream ? stream.servername : null;
    return typeof name === 'string' ? name : null;
  }

  /** What TLS of our own was agreed upon; null without that. */
  get tls(): NegotiatedTls | null {
    const stream = this.#stream;
    const version = stream instanceof TLSSocket ? stream.getProtocol() : null;
    if (!(stream instanceof TLSSocket) || version === null) return null;
    return { version, cipher: stream.getCipher().name };
  }

  /** The client's certificate, verified. */
  get peerCertificate(): PeerCertificate | null {
    return this.#peerCertificate;
  }

  /** What channel binding is about; null without TLS of our own. */
  get certificateHash(): Uint8Array | null {
    const certificate = this.#stream instanceof TLSSocket ? this.#stream.getX509Certificate() : undefined;
    return certificate === undefined ? null : certificateHash(certificate.raw);
  }

  /** TLS needs a stream with a handle of its own; any other Duplex stays as it is. */
  get canUpgrade(): boolean {
    return !this.#encrypted && this.#stream instanceof Socket;
  }

  /**
   * Answers `N` to an SSLRequest or GSSENCRequest. Throws FATAL 08P01 when bytes came behind it: who waits for the answer has
   * sent none, so that somebody between may have.
   */
  refuseEncryption(asked: 'SSL' | 'GSSAPI encryption'): void {
    this.#answerEncryptionRequest('N');
    if (this.#inbound.hasMore) throw stuffedRequest(asked);
  }

  /** Goes on over TLS, after an SSLRequest. Throws FATAL 08P01 when bytes came behind it (CVE-2021-23222). */
  async upgrade(setup: TlsSetup): Promise<void> {
    const plain = this.#stream;
    if (!(plain instanceof Socket) || this.#inbound.ended) return;
    const { hasMore } = this.#inbound;
    this.#inbound.detach();
    if (hasMore || plain.readableLength > 0) throw stuffedRequest('SSL');
    this.#outbound.detach();
    this.#answerEncryptionRequest('S');
    await this.#shakeHands(plain, setup);
  }

  /**
   * Goes on over TLS when the client has begun with it, without an SSLRequest; false when it has not, or does not say by ALPN
   * that it means PostgreSQL: then it may have been made to speak to us by somebody else.
   */
  async upgradeDirectly(setup: TlsSetup): Promise<boolean> {
    const plain = this.#stream;
    if (!(plain instanceof Socket) || this.#encrypted || this.#inbound.ended) return false;
    const bytes = this.#inbound.detach();
    if (bytes[0] !== tlsHandshake) return false;
    this.#outbound.detach();
    // Or it would flow on, and nobody hear it.
    plain.pause();
    plain.unshift(bytes);
    const secure = await this.#shakeHands(plain, setup);
    return secure.alpnProtocol === alpnProtocol;
  }

  async #shakeHands(plain: Socket, setup: TlsSetup): Promise<TLSSocket> {
    const secure = secureServerSide(plain, setup, this.#onTlsError);
    this.#stream = secure;
    this.#encrypted = true;
    const inbound = new Inbound(secure, this.#limits);
    this.#inbound = inbound;
    this.#outbound = new Outbound(secure);
    const shaken = await new Promise<boolean>((resolve) => {
      secure.once('secure', () => resolve(true));
      inbound.onEnd = () => resolve(false);
    });
    // Half a handshake has nothing to say goodbye with.
    if (!shaken) secure.destroy();
    else this.#peerCertificate = clientCertificate(secure, setup);
    return secure;
  }

  /**
   * Ends once everything is written; a client that does not close in time is cut off. One that has said goodbye itself
   * waits for nothing.
   */
  async end(saidGoodbye = false): Promise<void> {
    const stream = this.#stream;
    this.#inbound.detach();
    if (stream.destroyed) return;
    if (saidGoodbye && stream instanceof DirectSocket && this.#outbound.unsentBytes === 0) {
      const closed = new Promise<void>((resolve) => {
        stream.once('close', () => resolve());
      });
      stream.destroy();
      return closed;
    }
    const cutOff = setTimeout(() => stream.destroy(), lingerTimeout);
    const closed = new Promise<void>((resolve) => {
      stream.once('close', () => resolve());
    });
    this.#outbound.end();
    // Unread bytes would make the kernel answer with a reset, and the client lose its last message.
    stream.resume();
    await closed;
    clearTimeout(cutOff);
  }

  /** One byte in the clear, not a message. */
  #answerEncryptionRequest(answer: 'S' | 'N'): void {
    if (this.#stream.writable) this.#stream.write(answer);
  }
}

function stuffedRequest(asked: 'SSL' | 'GSSAPI encryption'): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.protocol_violation,
    message: `received unencrypted data after ${asked} request`,
    detail: 'This could be either a client-software bug or evidence of an attempted man-in-the-middle attack.',
  });
}
