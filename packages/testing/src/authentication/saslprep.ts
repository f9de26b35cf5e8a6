import { saslprep as prepare } from '@mongodb-js/saslprep';

/**
 * Brings a password into the form that both sides hash, so that it does not matter how a keyboard composes characters; as it
 * is when it has characters that SASLprep prohibits, as libpq does.
 * https://www.rfc-editor.org/rfc/rfc4013
 */
export function saslprep(password: string): string {
  try {
    return prepare(password);
  } catch {
    return password;
  }
}
