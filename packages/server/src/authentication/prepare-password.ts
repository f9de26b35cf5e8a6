/**
 * The form of a password that both sides of SCRAM hash, so that it does not matter how a keyboard composes characters. What
 * SASLprep does not allow is taken as it is, as PostgreSQL and libpq do. Its tables are loaded for the first password that is
 * not ASCII: all others are as they should be.
 * https://www.rfc-editor.org/rfc/rfc4013
 */
export async function preparePassword(password: string): Promise<string> {
  if (!/[^\0-\x7f]/.test(password)) return password;
  const { saslprep } = await import('@mongodb-js/saslprep');
  try {
    return saslprep(password);
  } catch {
    return password;
  }
}
