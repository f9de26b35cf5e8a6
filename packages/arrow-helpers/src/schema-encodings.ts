import { type Format, PgError, sqlstate } from '@riffq/wire';
import type { Schema } from 'apache-arrow';
import { supportedValueType } from './column-type.js';
import type { ValueEncoding } from './encode/value-encoding.js';
import type { TypedField } from './field-metadata.js';
import type { TypeOptions } from './type-options.js';

interface SchemaEncodings extends TypeOptions {
  readonly formats: readonly Format[];
  readonly encodings: readonly ValueEncoding[];
}

/** What was chosen last for each schema: small results often have the same one, and choosing takes longer than their rows. */
const lastChosen = new WeakMap<Schema, SchemaEncodings>();

/**
 * How the columns of a schema are written in these formats.
 *
 * @throws PgError 0A000 for a column type that has no encoder, 42846 for one that cannot be sent as its metadata declares
 */
export function schemaEncodings(
  schema: Schema,
  formats: readonly Format[],
  options: TypeOptions,
): readonly ValueEncoding[] {
  const last = lastChosen.get(schema);
  if (last !== undefined && isSame(last, formats, options)) return last.encodings;
  const { settings } = options;
  const encodings = schema.fields.map((field, index) => encodingOf(field, formats[index], options));
  lastChosen.set(schema, { formats, settings, encodings });
  return encodings;
}

/** How one column is written. */
export function encodingOf(field: TypedField, format: Format | undefined, options: TypeOptions): ValueEncoding {
  const { text, binary, typeOid } = supportedValueType(field, options);
  if (format !== 'binary') return text;
  if (binary !== null) return binary;
  throw new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `column "${field.name}" cannot be sent in binary format`,
    detail: `Its strings are declared as the type with OID ${typeOid}, of which no binary form is known.`,
    hint: 'Ask for text results in Bind.',
  });
}

function isSame(last: SchemaEncodings, formats: readonly Format[], options: TypeOptions): boolean {
  if (last.settings !== options.settings || last.formats.length !== formats.length) return false;
  for (let index = 0; index < formats.length; index += 1) if (last.formats[index] !== formats[index]) return false;
  return true;
}
