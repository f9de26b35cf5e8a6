/** What becomes of strings that are declared as another type (`PG:type`). */
import { BufferReader, isPgError, PgError, sqlstate, typeOid } from '@riffq/wire';
import { typeName } from '../array-input/type-name.js';
import { defaultOutputSettings, type OutputSettings } from '../output-settings.js';
import { functionsOfType } from './functions-of-type.js';
import { invalidBinary } from './input-error.js';
import { defaultTextSettings, type TextSettings } from './type-functions.js';

/** Types whose binary format is their text. */
const sameInBothFormats: ReadonlySet<number> = new Set([
  typeOid.text,
  typeOid.varchar,
  typeOid.bpchar,
  typeOid.name,
  typeOid.json,
  typeOid.xml,
  typeOid.unknown,
  typeOid.cstring,
  typeOid.refcursor,
  typeOid.void,
]);

/** Whether a value's bytes mean the same in both formats, so that there is nothing to convert. */
export function isSameInBothFormats(oid: number): boolean {
  return sameInBothFormats.has(oid);
}

/**
 * Text of a type to its binary form; undefined for a type that is not known.
 *
 * @param settings - that the text is read by
 */
export function textToBinary(
  oid: number,
  settings: TextSettings = defaultTextSettings,
): ((text: string) => Uint8Array) | undefined {
  const functions = functionsOfType(oid);
  return functions && ((text) => functions.send(functions.input(text, settings)));
}

/** Text of a type to the text that PostgreSQL prints under `output`; undefined for a type of which any text is. */
export function textToText(
  oid: number,
  output: OutputSettings,
  input: TextSettings = defaultTextSettings,
): ((text: string) => string) | undefined {
  const functions = isSameInBothFormats(oid) ? undefined : functionsOfType(oid);
  return functions && ((text) => functions.output(functions.input(text, input), output));
}

/** The binary form of a type to the text that PostgreSQL prints under `output`; undefined for a type that is its text. */
export function binaryToText(
  oid: number,
  output: OutputSettings = defaultOutputSettings,
): ((binary: Uint8Array) => string) | undefined {
  const functions = isSameInBothFormats(oid) ? undefined : functionsOfType(oid);
  return (
    functions &&
    ((binary) => {
      const reader = new BufferReader(binary, typeName(oid));
      try {
        const value = functions.receive(reader);
        if (reader.remaining === 0) return functions.output(value, output);
      } catch (error) {
        const isShort = isPgError(error) && error.sqlstate === sqlstate.protocol_violation;
        throw isShort ? tooShort() : error;
      }
      throw invalidBinary('incorrect binary data format');
    })
  );
}

function tooShort(): PgError {
  return new PgError({ sqlstate: sqlstate.protocol_violation, message: 'insufficient data left in message' });
}
