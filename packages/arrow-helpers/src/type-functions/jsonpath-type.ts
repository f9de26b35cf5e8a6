import { PgError, sqlstate } from '@riffq/wire';
import type { TypeFunctions } from './type-functions.js';
import { decodeUtf8Value } from './utf8-value.js';

/** jsonpath: the path's text as the client wrote it, unparsed. Its binary form is a version and that text. */
export const jsonpathType: TypeFunctions = {
  text: (input) => input,
  binary(reader) {
    if (reader.remaining === 0) throw reader.violation('no data left in message');
    const version = reader.byte();
    if (version === 1) return decodeUtf8Value(reader.rest());
    throw new PgError({
      sqlstate: sqlstate.internal_error,
      message: `unsupported jsonpath version number: ${version}`,
    });
  },
};
