import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { preparePassword } from './prepare-password.js';

/** PostgreSQL's `scram_iterations`. */
export const defaultIterations = 4096;
const saltLength = 16;
const keyLength = 32;
// In libuv's threads: the event loop does not wait for it.
const derive = promisify(pbkdf2);

/** What a server has to know of a password to check it by SCRAM-SHA-256, and what it tells the client. */
export interface ScramVerifier {
  readonly iterations: number;
  readonly salt: Uint8Array;
  readonly storedKey: Uint8Array;
  readonly serverKey: Uint8Array;
}

/**
 * A verifier in PostgreSQL's own text form, as `lookupPassword` may give it: whoever reads it cannot log in with it.
 *
 * @example
 * await scramVerifier('wonderland'); // SCRAM-SHA-256$4096:...$...:...
 */
export async function scramVerifier(
  password: string,
  options: {
    /** @defaultValue 4096 */ readonly iterations?: number;
    /** @defaultValue 16 random bytes */ readonly salt?: Uint8Array;
  } = {},
): Promise<string> {
  const { iterations = defaultIterations, salt = randomBytes(saltLength) } = options;
  const { storedKey, serverKey } = await deriveVerifier(password, salt, iterations);
  return `SCRAM-SHA-256$${iterations}:${base64(salt)}$${base64(storedKey)}:${base64(serverKey)}`;
}

/** Hashes a password. */
export async function deriveVerifier(password: string, salt: Uint8Array, iterations: number): Promise<ScramVerifier> {
  const salted = await derive(await preparePassword(password), salt, iterations, keyLength, 'sha256');
  return {
    iterations,
    salt,
    storedKey: createHash('sha256').update(hmac(salted, 'Client Key')).digest(),
    serverKey: hmac(salted, 'Server Key'),
  };
}

/** Null when the text is no verifier. */
export function parseScramVerifier(text: string): ScramVerifier | null {
  const base64Text = '([A-Za-z0-9+/]+={0,2})';
  const match = new RegExp(`^SCRAM-SHA-256\\$(\\d{1,9}):${base64Text}\\$${base64Text}:${base64Text}$`).exec(text);
  if (match === null) return null;
  const [salt, storedKey, serverKey] = match.slice(2).map((part) => Buffer.from(part, 'base64'));
  const iterations = Number(match[1]);
  if (salt === undefined || storedKey?.length !== keyLength || serverKey?.length !== keyLength) return null;
  return iterations > 0 ? { iterations, salt, storedKey, serverKey } : null;
}

/** HMAC-SHA-256, in which SCRAM is written. */
export function hmac(key: Uint8Array, message: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(message).digest();
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
