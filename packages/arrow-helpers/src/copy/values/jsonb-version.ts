import { PgError, sqlstate } from '@riffq/wire';

/** The one version of jsonb's binary format that there is: a byte before the text. */
const VERSION = 1;

/**
 * Where the text of a binary jsonb begins.
 *
 * @throws PgError 08P01 for no byte at all, XX000 for another version
 */
export function skipJsonbVersion(bytes: Buffer, start: number, end: number): number {
  if (start === end) {
    throw new PgError({ sqlstate: sqlstate.protocol_violation, message: 'no data left in message' });
  }
  const version = bytes[start];
  if (version === VERSION) return start + 1;
  const message = `unsupported jsonb version number ${version}`;
  throw new PgError({ sqlstate: sqlstate.internal_error, message });
}
