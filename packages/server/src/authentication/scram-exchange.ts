import { createHash } from 'node:crypto';
import { PgError, sqlstate } from '@riffq/wire';
import { protocolViolation } from '../errors/statement-errors.js';
import { sameSecret } from './same-secret.js';
import { malformed, readClientFinal, readClientFirst, textOfMessage } from './scram-messages.js';
import { hmac, type ScramVerifier } from './scram-verifier.js';

/** The one type of channel binding that PostgreSQL and its clients know. */
const bindingType = 'tls-server-end-point';
const bindingHeader = `p=${bindingType},,`;

/** What an exchange is about. */
export interface ScramSetup {
  readonly salt: Uint8Array;
  readonly iterations: number;
  /** The server's half of the nonce. */
  readonly nonce: string;
  /** Finds out what is known of the password; null when nobody comes in, whatever the proof. */
  readonly verifier: () => Promise<ScramVerifier | null>;
  /** The hash of the server's certificate when the client has chosen SCRAM-SHA-256-PLUS. */
  readonly binding: Uint8Array | null;
  /** Whether the client could have chosen it. */
  readonly offersBinding: boolean;
}

/** What a proof is held against that cannot be right. */
const nobody = { storedKey: Buffer.alloc(32), serverKey: Buffer.alloc(32) };

/**
 * The server's side of SCRAM-SHA-256 and SCRAM-SHA-256-PLUS, without I/O.
 * https://www.postgresql.org/docs/18/sasl-authentication.html, https://www.rfc-editor.org/rfc/rfc5802
 */
export class ScramExchange {
  readonly #setup: ScramSetup;
  #flag: 'n' | 'y' | 'p' = 'n';
  #clientFirst = '';
  #serverFirst = '';
  #nonce = '';

  constructor(setup: ScramSetup) {
    this.#setup = setup;
  }

  /** Answers the client's first message with a nonce, the salt and the iterations. @throws PgError FATAL */
  begin(data: Uint8Array): Buffer {
    const { salt, iterations, nonce } = this.#setup;
    const message = textOfMessage(data);
    this.#checkFlag(message.charAt(0));
    const first = readClientFirst(message);
    if (first.flag.kind === 'p' && first.flag.type !== bindingType) {
      throw protocolViolation(`unsupported SCRAM channel-binding type "${sanitized(first.flag.type)}"`, 'FATAL');
    }
    this.#flag = first.flag.kind;
    this.#clientFirst = first.bare;
    this.#nonce = first.nonce + nonce;
    this.#serverFirst = `r=${this.#nonce},s=${Buffer.from(salt).toString('base64')},i=${iterations}`;
    return Buffer.from(this.#serverFirst, 'latin1');
  }

  /** Answers the client's proof with the server's; null when the client does not know the password. @throws PgError FATAL */
  async finish(data: Uint8Array): Promise<Buffer | null> {
    const message = textOfMessage(data);
    const final = readClientFinal(message, (channelBinding) => this.#checkBinding(channelBinding));
    if (final.nonce !== this.#nonce) {
      throw new PgError({
        severity: 'FATAL',
        sqlstate: sqlstate.protocol_violation,
        message: 'invalid SCRAM response',
        detail: 'Nonce does not match.',
      });
    }
    const verifier = await this.#setup.verifier();
    const { storedKey, serverKey } = verifier ?? nobody;
    const signed = Buffer.from(`${this.#clientFirst},${this.#serverFirst},${final.withoutProof}`, 'latin1');
    const signature = hmac(storedKey, signed);
    const clientKey = final.proof.map((byte, index) => byte ^ (signature[index] ?? 0));
    const isRight = sameSecret(createHash('sha256').update(clientKey).digest(), storedKey);
    const proof = hmac(serverKey, signed).toString('base64');
    return isRight && verifier !== null ? Buffer.from(`v=${proof}`) : null;
  }

  #checkFlag(flag: string): void {
    const { binding, offersBinding } = this.#setup;
    if (flag === 'p' && binding === null) {
      throw malformed(
        'The client selected SCRAM-SHA-256 without channel binding, but the SCRAM message includes channel binding data.',
      );
    }
    if ((flag === 'n' || flag === 'y') && binding !== null) {
      throw malformed(
        'The client selected SCRAM-SHA-256-PLUS, but the SCRAM message does not include channel binding data.',
      );
    }
    // Somebody between the two has taken SCRAM-SHA-256-PLUS out of what was offered.
    if (flag === 'y' && offersBinding) {
      throw new PgError({
        severity: 'FATAL',
        sqlstate: sqlstate.invalid_authorization_specification,
        message: 'SCRAM channel binding negotiation error',
        detail:
          'The client supports SCRAM channel binding but thinks the server does not.  However, this server does support channel binding.',
      });
    }
  }

  #checkBinding(channelBinding: string): void {
    const { binding } = this.#setup;
    const header = this.#flag === 'p' ? bindingHeader : `${this.#flag},,`;
    const expected = Buffer.concat([Buffer.from(header), binding ?? Buffer.alloc(0)]).toString('base64');
    if (channelBinding === expected) return;
    if (binding === null) {
      throw protocolViolation('unexpected SCRAM channel-binding attribute in client-final-message', 'FATAL');
    }
    throw new PgError({
      severity: 'FATAL',
      sqlstate: sqlstate.invalid_authorization_specification,
      message: 'SCRAM channel binding check failed',
    });
  }
}

/** At most 30 characters, those that are not printed as `?`: PostgreSQL's way with what a stranger sent. */
function sanitized(text: string): string {
  return text.slice(0, 30).replace(/[^\x21-\x7e]/g, '?');
}
