import { BufferReader, isPgError, sqlstate } from '@riffq/wire';
import { incorrectBinary, tooShort } from './input-error.js';
import type { TypeFunctions } from './type-functions.js';

/**
 * The value that all of the bytes are.
 *
 * @param name - of the type
 * @throws PgError 08P01 for too few bytes, 22P03 for too many, else what the type says of them
 */
export function receiveValue<T>({ receive }: Pick<TypeFunctions<T>, 'receive'>, binary: Uint8Array, name: string): T {
  const reader = new BufferReader(binary, name);
  const value = received(receive, reader);
  if (reader.remaining === 0) return value;
  throw incorrectBinary();
}

function received<T>(receive: TypeFunctions<T>['receive'], reader: BufferReader): T {
  try {
    return receive(reader);
  } catch (error) {
    throw isPgError(error) && error.sqlstate === sqlstate.protocol_violation ? tooShort() : error;
  }
}
