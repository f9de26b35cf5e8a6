/** What becomes of strings that are declared as another type (`PG:type`). */
import { typeOid } from '@riffq/wire';
import { typeName } from '../array-input/type-name.js';
import { defaultOutputSettings, type OutputSettings } from '../output-settings.js';
import { functionsOfType } from './functions-of-type.js';
import { receiveValue } from './receive-value.js';
import { defaultTextSettings, type TextSettings } from './type-functions.js';

/** Types whose binary format is their text, and that any string can be sent as. */
export const textTypes: ReadonlySet<number> = new Set([
  typeOid.text,
  typeOid.varchar,
  typeOid.bpchar,
  typeOid.name,
  typeOid.json,
  typeOid.xml,
  typeOid.unknown,
]);

const sameInBothFormats: ReadonlySet<number> = new Set([
  ...textTypes,
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
  return functions && ((binary) => functions.output(receiveValue(functions, binary, typeName(oid)), output));
}
