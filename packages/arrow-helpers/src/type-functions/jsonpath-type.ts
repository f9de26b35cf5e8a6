import { PgError, sqlstate } from '@riffq/wire';
import { canonicalJsonpath } from '../jsonpath/canonical-jsonpath.js';
import type { TypeFunctions } from './type-functions.js';
import { decodeUtf8Value } from './utf8-value.js';

const jsonpathVersion = 1;

/** jsonpath: the path as PostgreSQL prints it. Its binary form is a version and that text. */
export const jsonpathType: TypeFunctions<string> = {
  input: canonicalJsonpath,
  output: (text) => text,
  receive(reader) {
    if (reader.remaining === 0) throw reader.violation('insufficient data left in message');
    const version = reader.byte();
    if (version === jsonpathVersion) return canonicalJsonpath(decodeUtf8Value(reader.rest()));
    throw new PgError({
      sqlstate: sqlstate.internal_error,
      message: `unsupported jsonpath version number: ${version}`,
    });
  },
  send: (text) => Buffer.concat([Uint8Array.of(jsonpathVersion), Buffer.from(text)]),
};
