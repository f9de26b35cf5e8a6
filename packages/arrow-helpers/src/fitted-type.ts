/** Columns whose type has a modifier: what it makes of their values is decided when the plan is made. */
import { sqlstate, typeOid } from '@riffq/wire';
import type { Data } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import { everyValue } from './encode/every-value.js';
import { FittedNumericWriter, fittedNumericBytes, fittedNumericTextBytes } from './encode/fitted-numeric.js';
import { INTERVAL_BYTES, IntervalBinaryWriter } from './encode/interval-binary.js';
import { INTERVAL_TEXT_BYTES, IntervalTextWriter } from './encode/interval-text.js';
import { TextAsWriter, type TextConversion } from './encode/text-as.js';
import { checkedEncoding, fixedWriting, type ValueEncoding, varyingWriting } from './encode/value-encoding.js';
import type { WrittenForm } from './encode/written-form.js';
import type { OutputSettings } from './output-settings.js';
import type { PostgresType } from './postgres-type-name.js';
import { scalarType, type ValueType } from './scalar-type.js';
import { MOST_NAME_BYTES } from './text-values/name-text.js';
import { type TextFit, textFit } from './type-modifier/fit-text.js';
import { keepsIntervals } from './type-modifier/interval-modifier.js';
import { HEADER_BYTES, numericModifier } from './type-modifier/numeric-modifier.js';
import { roundedMoments } from './type-modifier/rounded-moments.js';

type Encodings = Pick<ValueType, 'text' | 'binary'>;

/** How numbers, moments and intervals are written with a modifier; undefined where it leaves all of them as they are. */
export function fittedEncodings(
  type: DataType,
  { typeOid: oid, typeModifier }: PostgresType,
  settings: OutputSettings,
): Encodings | undefined {
  if (typeModifier < 0) return undefined;
  if (oid === typeOid.numeric) return fittedNumeric(type, typeModifier);
  if (DataType.isDuration(type) || DataType.isInterval(type)) {
    if (keepsIntervals(typeModifier)) return undefined;
    return {
      text: fixedWriting(
        INTERVAL_TEXT_BYTES,
        (data) => new IntervalTextWriter(data, settings.intervalStyle, typeModifier),
      ),
      binary: fixedWriting(INTERVAL_BYTES, (data) => new IntervalBinaryWriter(data, typeModifier)),
    };
  }
  const rounded = roundedMoments(type, typeModifier);
  const natural = rounded && scalarType(rounded.type, settings);
  if (rounded === undefined || natural === undefined) return undefined;
  const { adapt } = rounded;
  return { text: { ...natural.text, adapt }, binary: { ...natural.binary, adapt } };
}

function fittedNumeric(type: DataType, typeModifier: number): Encodings | undefined {
  const modifier = numericModifier(typeModifier);
  if (modifier === undefined || !(DataType.isInt(type) || DataType.isDecimal(type))) return undefined;
  const fits = DataType.isDecimal(type) && type.scale === modifier.scale && type.precision <= modifier.precision;
  if (fits) return undefined;
  return {
    text: fixedWriting(fittedNumericTextBytes(modifier), (data) => new FittedNumericWriter(data, modifier, false)),
    binary: fixedWriting(fittedNumericBytes(modifier), (data) => new FittedNumericWriter(data, modifier, true)),
  };
}

/** Text of varchar(n), char(n) and name: as it is, as long as all values of a batch have the right length. */
export function fittedText(text: ValueEncoding, declared: PostgresType): ValueEncoding {
  const fit = textFit(declared);
  if (fit === undefined) return text;
  // Numbers and the like are shorter than names.
  if (declared.typeOid === typeOid.name && text.bytesPerByte === 0 && text.fixedBytes <= MOST_NAME_BYTES) return text;
  const isFit = fitTest(declared);
  return checkedEncoding(text, {
    passes: (data) => (text.check?.passes(data) ?? true) && everyValue(data, isFit),
    writer: (data: Data) => new TextAsWriter(data, text, conversion(fit), sqlstate.string_data_right_truncation),
  });
}

function fitTest({ typeOid: oid, typeModifier }: PostgresType): WrittenForm {
  const length = typeModifier - HEADER_BYTES;
  if (oid === typeOid.name) return (_bytes, start, end) => end - start <= MOST_NAME_BYTES;
  if (oid === typeOid.bpchar) return (bytes, start, end) => countCharacters(bytes, start, end) === length;
  return (bytes, start, end) => end - start <= length || countCharacters(bytes, start, end) <= length;
}

/** Strings of any other type with a modifier, in one format. */
export function fittedStrings(
  text: ValueEncoding,
  fit: TextFit,
  read: ((text: string) => string) | undefined,
  write: TextConversion | undefined,
): ValueEncoding {
  const convert = (value: string): Uint8Array => {
    const fitted = fit(read === undefined ? value : read(value));
    return write === undefined ? Buffer.from(fitted) : write(fitted);
  };
  return varyingWriting((data) => new TextAsWriter(data, text, convert, sqlstate.invalid_text_representation));
}

function conversion(fit: TextFit): TextConversion {
  return (text) => Buffer.from(fit(text));
}

function countCharacters(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if ((bytes[at]! & 0xc0) !== 0x80) count++;
  return count;
}
