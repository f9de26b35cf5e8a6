import {
  binaryToText,
  defaultTextSettings,
  isSameInBothFormats,
  type OutputSettings,
  textToBinary,
  typeName,
} from '@riffq/arrow-helpers';
import { type FieldDescription, type Format, isPgError, PgError, sqlstate } from '@riffq/wire';

/** Puts the values of one column into the other format. */
export type ColumnConversion = (value: Uint8Array | string) => Uint8Array | string;

/**
 * What has to be done so that values in the format of their field come out in the one that the client asked for, column by
 * column, null for one that stays as it is; undefined when all do.
 *
 * @param settings - under which text is printed, and has been
 * @throws PgError 0A000 naming a column whose type has no conversion.
 */
export function columnConversions(
  fields: readonly FieldDescription[],
  formats: readonly Format[],
  settings: OutputSettings,
): readonly (ColumnConversion | null)[] | undefined {
  const conversions = fields.map((field, column) => {
    const isSame = (field.format ?? 'text') === (formats[column] ?? 'text') || isSameInBothFormats(field.typeOid);
    return isSame ? null : conversionOf(field, settings);
  });
  return conversions.every((conversion) => conversion === null) ? undefined : conversions;
}

function conversionOf(field: FieldDescription, settings: OutputSettings): ColumnConversion {
  const convert = field.format === 'binary' ? fromBinary(field, settings) : fromText(field, settings);
  if (convert === undefined) throw unconvertible(field, 'values of this type have one format only');
  return (value) => {
    try {
      return convert(value);
    } catch (error) {
      throw isPgError(error) ? unconvertible(field, error.message) : error;
    }
  };
}

function fromBinary({ typeOid }: FieldDescription, settings: OutputSettings): ColumnConversion | undefined {
  const toText = binaryToText(typeOid, settings);
  return toText && ((value) => toText(bytesOf(value)));
}

function fromText({ typeOid }: FieldDescription, settings: OutputSettings): ColumnConversion | undefined {
  const { dayFirst, intervalStyle, timeZone } = settings;
  const dateOrder = dayFirst ? 'DMY' : 'MDY';
  const toBinary = textToBinary(typeOid, { ...defaultTextSettings, dateOrder, intervalStyle, timeZone });
  return toBinary && ((value) => toBinary(typeof value === 'string' ? value : Buffer.from(value).toString()));
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
