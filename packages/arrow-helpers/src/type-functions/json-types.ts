import { PgError, sqlstate } from '@riffq/wire';
import { checkJson } from '../text-values/json-syntax.js';
import { canonicalJsonb } from '../text-values/jsonb-text.js';
import type { TypeFunctions } from './type-functions.js';
import { decodeUtf8Value } from './utf8-value.js';

/** json: the document's text as the client wrote it. */
export const jsonType: TypeFunctions = {
  text: readJson,
  binary: (reader) => readJson(decodeUtf8Value(reader.rest())),
};

/** jsonb: the document as PostgreSQL prints it. Its binary form is a version and a text. */
export const jsonbType: TypeFunctions = {
  text: canonicalJsonb,
  binary(reader) {
    if (reader.remaining === 0) throw reader.violation('insufficient data left in message');
    const version = reader.byte();
    if (version !== 1) {
      throw new PgError({
        sqlstate: sqlstate.internal_error,
        message: `unsupported jsonb version number ${version}`,
      });
    }
    return canonicalJsonb(decodeUtf8Value(reader.rest()));
  },
};

function readJson(text: string): string {
  checkJson(text, { unescapes: false });
  return text;
}
