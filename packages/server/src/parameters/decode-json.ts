import { checkJson } from '@riffq/arrow-helpers';
import { PgError, sqlstate } from '@riffq/wire';
import { numericDecoder } from './decode-numeric.js';
import { defaultTextSettings, type ParameterDecoder } from './parameter-decoder.js';
import { decodeUtf8Value } from './utf8-value.js';

/** json: the document's text as the client wrote it. */
export const jsonDecoder: ParameterDecoder = {
  text: readJson,
  binary: (reader) => readJson(decodeUtf8Value(reader.rest())),
};

/** jsonb: the same, of characters and numbers that PostgreSQL keeps. Its binary form is a version and that text. */
export const jsonbDecoder: ParameterDecoder = {
  text: readJsonb,
  binary(reader) {
    if (reader.remaining === 0) throw reader.violation('insufficient data left in message');
    const version = reader.byte();
    if (version !== 1) {
      throw new PgError({
        sqlstate: sqlstate.internal_error,
        message: `unsupported jsonb version number ${version}`,
      });
    }
    return readJsonb(decodeUtf8Value(reader.rest()));
  },
};

function readJson(text: string): string {
  checkJson(text, { unescapes: false });
  return text;
}

function readJsonb(text: string): string {
  checkJson(text, { unescapes: true, number: (number) => numericDecoder.text(number, defaultTextSettings) });
  return text;
}
