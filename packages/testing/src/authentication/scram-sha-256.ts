import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { saslprep } from './saslprep.js';

const derive = promisify(pbkdf2);
/** No channel binding. The user's name is in the StartupMessage; PostgreSQL does not look at one here. */
const header = 'n,,';
const withoutBinding = Buffer.from(header).toString('base64');

/**
 * The client's side of SCRAM-SHA-256, which proves that both sides know the password.
 * https://www.postgresql.org/docs/18/sasl-authentication.html, https://www.rfc-editor.org/rfc/rfc7677
 */
export class ScramSha256 {
  readonly #password: string;
  readonly #nonce = randomBytes(18).toString('base64');
  #serverSignature: Buffer | undefined;
  #verified = false;

  constructor(password: string) {
    this.#password = saslprep(password);
  }

  /** Whether the server has shown that it knows the password. */
  get verified(): boolean {
    return this.#verified;
  }

  /** What SASLInitialResponse carries. */
  get first(): string {
    return header + this.#firstBare;
  }

  /**
   * What SASLResponse carries, given what AuthenticationSASLContinue brought.
   *
   * @throws Error if that is malformed, or not an answer to `first`.
   */
  async final(serverFirst: string): Promise<string> {
    const { r: nonce = '', s: salt = '', i: iterations = '' } = attributes(serverFirst);
    if (!nonce.startsWith(this.#nonce) || nonce === this.#nonce) {
      throw new Error(`the server does not continue the client's nonce: ${serverFirst}`);
    }
    if (salt === '' || !/^[1-9][0-9]*$/.test(iterations)) {
      throw new Error(`the server sends no salt or no number of iterations: ${serverFirst}`);
    }
    const salted = await derive(this.#password, Buffer.from(salt, 'base64'), Number(iterations), 32, 'sha256');
    const clientKey = hmac(salted, 'Client Key');
    const withoutProof = `c=${withoutBinding},r=${nonce}`;
    const signed = `${this.#firstBare},${serverFirst},${withoutProof}`;
    const signature = hmac(createHash('sha256').update(clientKey).digest(), signed);
    this.#serverSignature = hmac(hmac(salted, 'Server Key'), signed);
    const proof = clientKey.map((byte, index) => byte ^ (signature[index] ?? 0));
    return `${withoutProof},p=${Buffer.from(proof).toString('base64')}`;
  }

  /** @throws Error if what AuthenticationSASLFinal brought does not show that the server knows the password. */
  verify(serverFinal: string): void {
    const signature = Buffer.from(attributes(serverFinal)['v'] ?? '', 'base64');
    const expected = this.#serverSignature;
    if (expected === undefined || signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      throw new Error(`the server does not know the password: ${serverFinal}`);
    }
    this.#verified = true;
  }

  get #firstBare(): string {
    return `n=,r=${this.#nonce}`;
  }
}

function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** `r=...,s=...,i=...`: a letter, then anything but a comma. */
function attributes(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(text.split(',').map((attribute) => [attribute.slice(0, 1), attribute.slice(2)]));
}
