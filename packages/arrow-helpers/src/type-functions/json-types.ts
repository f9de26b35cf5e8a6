import { PgError, sqlstate } from '@riffq/wire';
import { checkJson } from '../text-values/json-syntax.js';
import { canonicalJsonb } from '../text-values/jsonb-text.js';
import type { TypeFunctions } from './type-functions.js';
import { decodeUtf8Value } from './utf8-value.js';

const jsonbVersion = 1;

/** json: the document's text as the client wrote it. */
export const jsonType: TypeFunctions<string> = {
  input: readJson,
  output: (text) => text,
  receive: (reader) => readJson(decodeUtf8Value(reader.rest())),
  send: (text) => Buffer.from(text),
};

/** jsonb: the document as PostgreSQL prints it. Its binary form is a version and a text. */
export const jsonbType: TypeFunctions<string> = {
  input: canonicalJsonb,
  output: (text) => text,
  receive(reader) {
    if (reader.remaining === 0) throw reader.violation('insufficient data left in message');
    const version = reader.byte();
    if (version !== jsonbVersion) {
      throw new PgError({
        sqlstate: sqlstate.internal_error,
        message: `unsupported jsonb version number ${version}`,
      });
    }
    return canonicalJsonb(decodeUtf8Value(reader.rest()));
  },
  send: (text) => Buffer.concat([Uint8Array.of(jsonbVersion), Buffer.from(text)]),
};

function readJson(text: string): string {
  checkJson(text, { unescapes: false });
  return text;
}
