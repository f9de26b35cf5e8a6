import { PgError, sqlstate } from '@riffq/wire';
import type { TypeFunctions } from './type-functions.js';
import { decodeUtf8Value } from './utf8-value.js';

const jsonpathVersion = 1;

/** jsonpath: the path's text as it is written, unparsed. Its binary form is a version and that text. */
export const jsonpathType: TypeFunctions<string> = {
  input: (text) => text,
  output: (text) => text,
  receive(reader) {
    if (reader.remaining === 0) throw reader.violation('no data left in message');
    const version = reader.byte();
    if (version === jsonpathVersion) return decodeUtf8Value(reader.rest());
    throw new PgError({
      sqlstate: sqlstate.internal_error,
      message: `unsupported jsonpath version number: ${version}`,
    });
  },
  send: (text) => Buffer.concat([Uint8Array.of(jsonpathVersion), Buffer.from(text)]),
};
