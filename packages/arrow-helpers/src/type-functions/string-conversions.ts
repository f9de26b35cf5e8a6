import { BufferReader, isPgError, PgError, sqlstate, typeOid } from '@riffq/wire';
import { typeName } from '../array-input/type-name.js';
import { invalidBinary, invalidInput } from './input-error.js';
import { conversionOfType, isSameInBothFormats, type ValueConversion } from './value-conversion.js';

type Convert = (text: string) => Uint8Array;

/** The binary form of strings that are declared as another type (`PG:type`); undefined for a type that has none. */
export function textToBinary(oid: number): Convert | undefined {
  return checked(oid, ({ toBinary }) => toBinary);
}

/** The same in the text that PostgreSQL prints. */
export function textToText(oid: number): Convert | undefined {
  return isSameInBothFormats(oid) ? undefined : checked(oid, printed(oid));
}

/** The text of values that a client sends in binary, for strings that are declared as their type. */
export function binaryToText(oid: number): ((binary: Uint8Array) => string) | undefined {
  const conversion = isSameInBothFormats(oid) ? undefined : conversionOfType(oid);
  return (
    conversion &&
    ((binary) => {
      const reader = new BufferReader(binary, typeName(oid));
      try {
        const text = conversion.toText(reader);
        if (reader.remaining === 0) return text;
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
