const spaces = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g;
const nothing = /\u034f|[\u180b-\u180d]|[\ufe00-\ufe0f]|\u200d|[\u00ad\u1806\u200c\u2060\ufeff]/g;

/**
 * Brings a password into the form that both sides hash, so that it does not matter how a keyboard composes characters.
 * As PostgreSQL takes a password with characters that SASLprep prohibits as it is, and a test has no use for them, they
 * are not looked for.
 * https://www.rfc-editor.org/rfc/rfc4013
 */
export function saslprep(password: string): string {
  return password.replace(spaces, ' ').replace(nothing, '').normalize('NFKC');
}
