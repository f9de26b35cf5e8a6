import { typeOid } from '@riffq/wire';
import type { Field } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import { jsonTextEncoding } from './encode/json-text.js';
import { UUID_BYTES, UUID_TEXT_BYTES, UuidTextWriter } from './encode/uuid.js';
import { fixedEncoding, fixedWriting } from './encode/value-encoding.js';
import { valueKind } from './encode/value-kind.js';
import { defaultOutputSettings } from './output-settings.js';
import { type FullValueType, scalarType } from './scalar-type.js';

/** The key under which Arrow keeps the name of an extension type. */
export const EXTENSION_NAME = 'ARROW:extension:name';

/** The canonical extension types that PostgreSQL has a type for; undefined for all other columns. */
export function extensionType({ type, metadata }: Pick<Field, 'type' | 'metadata'>): FullValueType | undefined {
  switch (metadata.get(EXTENSION_NAME)) {
    case 'arrow.uuid':
      return isUuidStorage(type) ? uuidType : undefined;
    case 'arrow.json':
      return isString(type) ? jsonText(type) : undefined;
    default:
      return undefined;
  }
}

/** Whether values of the type are a UUID's 16 bytes. */
export function isUuidStorage(type: DataType): boolean {
  return DataType.isFixedSizeBinary(type) && type.byteWidth === UUID_BYTES;
}

/** Whether values of the type are text. */
export function isString(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type);
}

/** uuid out of 16 bytes. */
export const uuidType: FullValueType = {
  typeOid: typeOid.uuid,
  typeModifier: -1,
  text: fixedWriting(UUID_TEXT_BYTES, (data) => new UuidTextWriter(data)),
  binary: fixedEncoding(valueKind.fixedSizeBytes, UUID_BYTES),
};

function jsonText(type: DataType): FullValueType | undefined {
  const text = scalarType(type, defaultOutputSettings);
  if (text === undefined) return undefined;
  return { ...text, typeOid: typeOid.json, text: jsonTextEncoding(text.text), binary: jsonTextEncoding(text.binary) };
}
