import { createHash } from 'node:crypto';

/**
 * A password hashed as PostgreSQL stores it for the method `md5`, as `lookupPassword` may give it. It is as good as the password
 * to who reads it; prefer `scramVerifier` where clients are younger than 2017.
 */
export function md5Verifier(user: string, password: string): string {
  return `md5${md5(password, user)}`;
}

/** What a client that knows the password answers to this salt. */
export function md5Answer(verifier: string, salt: Uint8Array): string {
  return `md5${md5(verifier.slice(3), salt)}`;
}

/** Whether a text is such a hash. */
export function isMd5Verifier(text: string): boolean {
  return /^md5[0-9a-f]{32}$/.test(text);
}

function md5(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
