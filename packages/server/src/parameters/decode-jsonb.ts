import { PgError, sqlstate } from '@riffq/wire';
import type { ParameterDecoder } from './parameter-decoder.js';
import { decodeUtf8Value } from './utf8-value.js';

/** jsonb: the document's text as the client wrote it, unparsed. Its binary form is a version and that text. */
export const jsonbDecoder: ParameterDecoder = {
  text: (input) => input,
  binary(reader) {
    if (reader.remaining === 0) throw reader.violation('insufficient data left in message');
    const version = reader.byte();
    if (version !== 1) {
      throw new PgError({
        sqlstate: sqlstate.internal_error,
        message: `unsupported jsonb version number ${version}`,
      });
    }
    return decodeUtf8Value(reader.rest());
  },
};
