/** Columns whose metadata declares another type than the Arrow type's own: which pairs there are, and how they are written. */
import { elementTypeOid, PgError, sqlstate, typeOid } from '@riffq/wire';
import { Precision } from 'apache-arrow/enum';
import { DataType } from 'apache-arrow/type';
import { BOOLEAN_WORD_BYTES, BooleanWordWriter } from './encode/boolean-words.js';
import { textEncoding } from './encode/checked-text.js';
import { everyValue } from './encode/every-value.js';
import { FloatAsWriter } from './encode/float-as.js';
import { FLOAT4_TEXT_BYTES } from './encode/float4.js';
import { FLOAT8_TEXT_BYTES } from './encode/float8.js';
import { INTEGER_TEXT_BYTES, IntegerAsWriter, type IntegerTarget } from './encode/integer-as.js';
import { IntegerNumericWriter } from './encode/integer-numeric.js';
import { numericBytes } from './encode/numeric.js';
import { TextAsWriter, type TextConversion } from './encode/text-as.js';
import { checkedEncoding, fixedWriting, type ValueEncoding, varyingWriting } from './encode/value-encoding.js';
import type { WriterFactory } from './encode/value-writer.js';
import { type WrittenForm, writtenForm } from './encode/written-form.js';
import { extensionType, isString, isUuidStorage, uuidType } from './extension-type.js';
import type { TypedField } from './field-metadata.js';
import { fittedEncodings, fittedStrings, fittedText } from './fitted-type.js';
import { defaultOutputSettings } from './output-settings.js';
import type { PostgresType } from './postgres-type-name.js';
import { pseudoTypes } from './pseudo-types.js';
import { type FullValueType, scalarType, type ValueType } from './scalar-type.js';
import { textToBinary, textToText, textTypes } from './type-functions/string-conversions.js';
import { textFit } from './type-modifier/fit-text.js';
import type { TypeOptions } from './type-options.js';
import { FIRST_USER_OID } from './wanted-type.js';

const int8Target: IntegerTarget = { name: 'bigint', bytes: 8, least: -(2n ** 63n), most: 2n ** 63n - 1n };
const oidTarget: IntegerTarget = { name: 'oid', bytes: 4, least: 0n, most: 2n ** 32n - 1n };
const integerTargets: ReadonlyMap<number, IntegerTarget> = new Map<number, IntegerTarget>([
  [typeOid.int2, { name: 'smallint', bytes: 2, least: -(2n ** 15n), most: 2n ** 15n - 1n }],
  [typeOid.int4, { name: 'integer', bytes: 4, least: -(2n ** 31n), most: 2n ** 31n - 1n }],
  [typeOid.int8, int8Target],
  [typeOid.oid, oidTarget],
  [typeOid.xid, { ...oidTarget, name: 'xid' }],
  [typeOid.cid, { ...oidTarget, name: 'cid' }],
]);

/**
 * How a column of one Arrow type is written as another PostgreSQL type than its own.
 *
 * @param own - what the Arrow type is by itself
 * @throws PgError 42846 for a pair that is impossible
 */
export function declaredValueType(
  field: TypedField,
  declared: PostgresType,
  own: ValueType | undefined,
  options: TypeOptions,
): ValueType {
  const encodings = encodingsAs(field, declared, own, options);
  if (encodings !== undefined) return { ...declared, text: encodings.text, binary: encodings.binary };
  throw impossiblePair(field, declared);
}

/** A column that cannot be sent as the type that it is declared as. */
export function impossiblePair({ name, type }: TypedField, declared: PostgresType): PgError {
  return new PgError({
    sqlstate: sqlstate.cannot_coerce,
    message: `column "${name}" of the Arrow type ${type} cannot be sent as the type that its metadata declares`,
    detail: `That type has the OID ${declared.typeOid}.`,
    hint: 'docs/reference/arrow-types.md lists what each Arrow type can be sent as; strings can be any that columns have.',
  });
}

type Encodings = Pick<ValueType, 'text' | 'binary'>;

function encodingsAs(
  field: TypedField,
  declared: PostgresType,
  own: ValueType | undefined,
  options: TypeOptions,
): Encodings | undefined {
  const oid = declared.typeOid;
  const type: DataType = field.type;
  if (DataType.isNull(type)) return own;
  const fitted = (): Encodings | undefined => fittedEncodings(type, declared, options.settings);
  if (own?.typeOid === oid && (declared.typeModifier < 0 || !isString(type))) return fitted() ?? own;
  if (isString(type)) return own && stringAs(own, declared, options);
  if (isUuidStorage(type) && oid === typeOid.uuid) return uuidType;
  if (castTypes.has(oid) || (oid === typeOid.xml && own?.typeOid === typeOid.bytea))
    return textOf(field, declared, options);
  if (DataType.isInt(type)) return fitted() ?? integerAs(oid);
  return DataType.isFloat(type) ? floatAs(type.precision === Precision.HALF, oid) : undefined;
}

/** Types that all scalars can be cast to. */
const castTypes: ReadonlySet<number> = new Set([typeOid.text, typeOid.varchar, typeOid.bpchar, typeOid.name]);

/** Types whose text depends on the session's settings after their modifier has been applied. */
const styledTypes: ReadonlySet<number> = new Set([typeOid.timestamp, typeOid.timestamptz, typeOid.interval]);

function stringAs({ text }: ValueType, declared: PostgresType, { settings }: TypeOptions): Encodings | undefined {
  const oid = declared.typeOid;
  if (pseudoTypes.has(oid)) return undefined;
  if (textTypes.has(oid)) return sameInBoth(fittedText(text, declared));
  if (oid >= FIRST_USER_OID && elementTypeOid(oid) === undefined) return sameInBoth(text);
  const toBinary = textToBinary(oid);
  const fit = textFit(declared);
  if (fit !== undefined) {
    const read = textToText(oid, defaultOutputSettings);
    const print = styledTypes.has(elementTypeOid(oid) ?? oid) ? inBytes(textToText(oid, settings)) : undefined;
    const binary = toBinary === undefined ? null : fittedStrings(text, fit, read, toBinary);
    return { text: fittedStrings(text, fit, read, print), binary };
  }
  const toText = inBytes(textToText(oid, settings));
  return {
    text: writtenText(text, writtenForm(oid, settings), toText && converted(text, toText)),
    binary: toBinary === undefined ? null : varyingWriting(converted(text, toBinary)),
  };
}

function inBytes(toText: ((text: string) => string) | undefined): TextConversion | undefined {
  return toText && ((text) => Buffer.from(toText(text)));
}

/** Types whose binary form is their text. */
function sameInBoth(text: ValueEncoding): Encodings {
  return { text, binary: text };
}

/** Text that PostgreSQL prints as it is; other text is read and printed again, where that can be done. */
function writtenText(
  text: ValueEncoding,
  form: WrittenForm | undefined,
  converted: WriterFactory | undefined,
): ValueEncoding {
  if (converted === undefined) return text;
  if (form === undefined) return varyingWriting(converted);
  return checkedEncoding(text, { passes: (data) => everyValue(data, form), writer: converted });
}

function converted(text: ValueEncoding, conversion: TextConversion): WriterFactory {
  return (data) => new TextAsWriter(data, text, conversion, sqlstate.invalid_text_representation);
}

function integerAs(oid: number): Encodings | undefined {
  const target = integerTargets.get(oid);
  if (target !== undefined) {
    return {
      text: fixedWriting(INTEGER_TEXT_BYTES, (data) => new IntegerAsWriter(data, target, false)),
      binary: fixedWriting(target.bytes, (data) => new IntegerAsWriter(data, target, true)),
    };
  }
  if (oid !== typeOid.numeric) return undefined;
  return {
    text: fixedWriting(INTEGER_TEXT_BYTES, (data) => new IntegerAsWriter(data, int8Target, false)),
    binary: fixedWriting(numericBytes(2), (data) => new IntegerNumericWriter(data)),
  };
}

function floatAs(half: boolean, oid: number): Encodings | undefined {
  if (oid === typeOid.float4) return floatWriting(half, 4, FLOAT4_TEXT_BYTES);
  return oid === typeOid.float8 ? floatWriting(half, 8, FLOAT8_TEXT_BYTES) : undefined;
}

function floatWriting(half: boolean, bytes: 4 | 8, textBytes: number): Encodings {
  return {
    text: fixedWriting(textBytes, (data) => new FloatAsWriter(data, half, bytes, false)),
    binary: fixedWriting(bytes, (data) => new FloatAsWriter(data, half, bytes, true)),
  };
}

/** What a cast to text makes of values, in both formats; what is binary to begin with is text already. */
function textOf(field: TypedField, declared: PostgresType, { settings }: TypeOptions): Encodings | undefined {
  const natural = extensionType(field) ?? scalarType(field.type, settings);
  return natural && sameInBoth(fittedText(castToText(natural, declared), declared));
}

function castToText({ typeOid: oid, text, binary }: FullValueType, { typeOid: target }: PostgresType): ValueEncoding {
  if (oid === typeOid.bytea) return textEncoding(binary);
  // As a name, of which there is no cast of its own, a truth value is what it is otherwise.
  return oid === typeOid.bool && target !== typeOid.name
    ? fixedWriting(BOOLEAN_WORD_BYTES, (data) => new BooleanWordWriter(data))
    : text;
}
