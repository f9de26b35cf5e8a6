import { conversionOfType, isSameInBothFormats, typeName, Unconvertible } from '@riffq/arrow-helpers';
import { BufferReader, type FieldDescription, type Format, isPgError, PgError, sqlstate } from '@riffq/wire';

/** Puts the values of one column into the other format. */
export type ColumnConversion = (value: Uint8Array | string) => Uint8Array | string;

/**
 * What has to be done so that values in the format of their field come out in the one that the client asked for, column by
 * column, null for one that stays as it is; undefined when all do.
 *
 * @throws PgError 0A000 naming a column whose type has no conversion.
 */
export function columnConversions(
  fields: readonly FieldDescription[],
  formats: readonly Format[],
): readonly (ColumnConversion | null)[] | undefined {
  const conversions = fields.map((field, column) => {
    const isSame = (field.format ?? 'text') === (formats[column] ?? 'text') || isSameInBothFormats(field.typeOid);
    return isSame ? null : conversionOf(field);
  });
  return conversions.every((conversion) => conversion === null) ? undefined : conversions;
}

function conversionOf(field: FieldDescription): ColumnConversion {
  const conversion = conversionOfType(field.typeOid);
  if (conversion === undefined) throw unconvertible(field, 'values of this type have one format only');
  const convert: ColumnConversion =
    field.format === 'binary'
      ? (value) => conversion.toText(new BufferReader(bytesOf(value), `column "${field.name}"`))
      : (value) => conversion.toBinary(typeof value === 'string' ? value : Buffer.from(value).toString());
  return (value) => {
    try {
      return convert(value);
    } catch (error) {
      if (error instanceof Unconvertible) throw unconvertible(field, error.message);
      throw isPgError(error) ? unconvertible(field, error.message) : error;
    }
  };
}

function bytesOf(value: Uint8Array | string): Uint8Array {
  return typeof value === 'string' ? Buffer.from(value) : value;
}

function unconvertible(field: FieldDescription, reason: string): PgError {
  const given = field.format ?? 'text';
  const other = given === 'text' ? 'binary' : 'text';
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `column "${field.name}" of type ${typeName(field.typeOid)} cannot be sent in ${other} format`,
    detail: `It is available in ${given}, and ${reason}.`,
    hint: `Ask for ${given} results in Bind.`,
  });
}
