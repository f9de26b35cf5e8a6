import { PgError, sqlstate } from '@riffq/wire';
import type { TypeFunctions } from './type-functions.js';
import { decodeUtf8Value } from './utf8-value.js';

const sameText = {
  input: (text: string) => text,
  output: (text: string) => text,
  send: (text: string) => Buffer.from(text),
};

/** text, varchar, bpchar, xml and others that are their own text in both formats: a string, whatever is in it. */
export const textType: TypeFunctions<string> = {
  ...sameText,
  receive: (reader) => decodeUtf8Value(reader.rest()),
};

/** name: a string. Text is not cut at 63 bytes, as PostgreSQL would do silently; binary that is longer is refused. */
export const nameType: TypeFunctions<string> = {
  ...sameText,
  receive(reader) {
    const bytes = reader.rest();
    const name = decodeUtf8Value(bytes);
    if (bytes.length < 64) return name;
    throw new PgError({
      sqlstate: sqlstate.name_too_long,
      message: 'identifier too long',
      detail: 'Identifier must be less than 64 characters.',
    });
  },
};
