import { saslprep } from '@mongodb-js/saslprep';

/**
 * The form of a password that both sides of SCRAM hash, so that it does not matter how a keyboard composes characters. What
 * SASLprep does not allow is taken as it is, as PostgreSQL and libpq do.
 * https://www.rfc-editor.org/rfc/rfc4013
 */
export function preparePassword(password: string): string {
  try {
    return saslprep(password);
  } catch {
    return password;
  }
}
