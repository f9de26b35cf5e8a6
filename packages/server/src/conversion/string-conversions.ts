import { type TypeOptions, typeName } from '@riffq/arrow-helpers';
import { BufferReader, isPgError, typeOid } from '@riffq/wire';
import { invalidInput } from '../parameters/input-error.js';
import { conversionOfType, isSameInBothFormats, type ValueConversion } from './value-conversion.js';

type Convert = (text: string) => Uint8Array;

/** What becomes of strings that are declared as another type (`PG:type`), in either format. */
export const stringConversions: Pick<TypeOptions, 'textToBinary' | 'textToText'> = {
  textToBinary: (oid) => checked(oid, ({ toBinary }) => toBinary),
  textToText: (oid) => (isSameInBothFormats(oid) ? undefined : checked(oid, printed(oid))),
};

/** Text is read and printed again, and so is as PostgreSQL prints it. */
function printed(oid: number): (conversion: ValueConversion) => Convert {
  return ({ toBinary, toText }) => {
    const name = typeName(oid);
    // Moments keep the zone that they are shown in.
    if (oid === typeOid.timestamptz) return (text) => toBinary(text) && Buffer.from(text);
    return (text) => Buffer.from(toText(new BufferReader(toBinary(text), name)));
  };
}

/** What is no value of the type is what PostgreSQL says of it. */
function checked(oid: number, conversionOf: (conversion: ValueConversion) => Convert): Convert | undefined {
  const conversion = conversionOfType(oid);
  const convert = conversion && conversionOf(conversion);
  return (
    convert &&
    ((text) => {
      try {
        return convert(text);
      } catch (error) {
        throw isPgError(error) ? error : invalidInput(typeName(oid), text);
      }
    })
  );
}
