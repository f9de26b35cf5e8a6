import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type SecureContext, TLSSocket } from 'node:tls';
import { PgError, sqlstate } from '@riffq/wire';
import type { ResolvedLimits } from '../limits.js';
import { Inbound } from './inbound.js';
import { Outbound } from './outbound.js';

/** How long a client may take to read its last message and close, in milliseconds. */
export const lingerTimeout = 1000;

/** Both ways to one client, over its plain stream and perhaps, later, over TLS. */
export class Channel {
  #stream: Duplex;
  #inbound: Inbound;
  #outbound: Outbound;
  #encrypted: boolean;
  readonly #limits: ResolvedLimits;

  constructor(stream: Duplex, limits: ResolvedLimits, encrypted: boolean) {
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

  /** TLS needs a stream with a handle of its own; any other Duplex stays as it is. */
  get canUpgrade(): boolean {
    return !this.#encrypted && this.#stream instanceof Socket;
  }

  /** Answers `N` to an SSLRequest or GSSENCRequest; waits for a client that asks again and again and does not read. */
  async refuseEncryption(): Promise<void> {
    this.#answerEncryptionRequest('N');
    await this.#outbound.drain();
  }

  /** Goes on over TLS. Throws FATAL 08P01 when bytes came behind the SSLRequest (CVE-2021-23222). */
  async upgrade(secureContext: SecureContext): Promise<void> {
    const plain = this.#stream;
    if (!(plain instanceof Socket) || this.#inbound.ended) return;
    if (this.#inbound.detach()) {
      throw new PgError({
        severity: 'FATAL',
        sqlstate: sqlstate.protocol_violation,
        message: 'received unencrypted data after SSL request',
        detail: 'This could be either a client-software bug or evidence of an attempted man-in-the-middle attack.',
      });
    }
    this.#outbound.detach();
    this.#answerEncryptionRequest('S');
    const secure = new TLSSocket(plain, {
      isServer: true,
      secureContext,
      ALPNProtocols: ['postgresql'],
      minVersion: 'TLSv1.2',
    });
    this.#stream = secure;
    secure.on('error', () => secure.destroy());
    secure.once('close', () => plain.destroy());
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
  }

  /** Ends once everything is written; a client that does not close in time is cut off. */
  async end(): Promise<void> {
    const stream = this.#stream;
    this.#inbound.detach();
    if (stream.destroyed) return;
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
