import { typeOid } from '@riffq/wire';
import type { Field } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import type { JsonStyle } from './encode/json-fields.js';
import { JsonListWriter } from './encode/json-list.js';
import { JsonMapWriter } from './encode/json-map.js';
import type { JsonEncoding } from './encode/json-part.js';
import { type JsonMember, JsonStructWriter } from './encode/json-struct.js';
import { jsonTextEncoding } from './encode/json-text.js';
import { JsonUnionWriter } from './encode/json-union.js';
import { jsonbTextEncoding } from './encode/jsonb.js';
import { varyingWriting } from './encode/value-encoding.js';
import type { WriterFactory } from './encode/value-writer.js';
import { extensionType, isString } from './extension-type.js';
import { declaredType, type TypedField } from './field-metadata.js';
import type { OutputSettings } from './output-settings.js';
import { scalarType } from './scalar-type.js';

const styles: ReadonlyMap<number, JsonStyle> = new Map<number, JsonStyle>([
  [typeOid.int2, 'number'],
  [typeOid.int4, 'number'],
  [typeOid.int8, 'number'],
  [typeOid.float4, 'number'],
  [typeOid.float8, 'number'],
  [typeOid.numeric, 'number'],
  [typeOid.bool, 'boolean'],
  [typeOid.timestamp, 'moment'],
  [typeOid.timestamptz, 'zonedMoment'],
  [typeOid.json, 'json'],
]);

const jsonTypes: ReadonlySet<number | undefined> = new Set([typeOid.json, typeOid.jsonb]);

/** How values of a type are written as JSON, as to_json has them; undefined for what has no encoder. */
export function jsonEncoding(field: TypedField, settings: OutputSettings): JsonEncoding | undefined {
  // Within JSON dates are ISO whatever DateStyle says.
  return isoEncoding(field, settings.dateStyle === 'ISO' ? settings : { ...settings, dateStyle: 'ISO' });
}

function isoEncoding(field: TypedField, settings: OutputSettings): JsonEncoding | undefined {
  const type: DataType = field.type;
  if (DataType.isDictionary(type)) {
    return isoEncoding({ name: field.name, type: type.dictionary, metadata: field.metadata }, settings);
  }
  const json = typeEncoding(field, settings);
  if (json === undefined || declaredType(field)?.typeOid !== typeOid.jsonb) return json;
  return { encoding: jsonbTextEncoding(json), style: 'json' };
}

function typeEncoding(field: TypedField, settings: OutputSettings): JsonEncoding | undefined {
  const type: DataType = field.type;
  if (DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type)) {
    const element = isoEncoding(type.children[0]!, settings);
    return element && written((data) => new JsonListWriter(data, element));
  }
  if (DataType.isStruct(type)) {
    const members = jsonMembers(type.children, settings);
    return members && written((data) => new JsonStructWriter(data, members));
  }
  if (DataType.isUnion(type)) {
    const members = jsonMembers(type.children, settings);
    return members && written((data) => new JsonUnionWriter(data, members));
  }
  if (DataType.isMap(type)) {
    const [key, value] = type.children[0]?.type.children ?? [];
    const keyEncoding = key && isoEncoding(key, settings);
    const valueEncoding = value && isoEncoding(value, settings);
    if (keyEncoding === undefined || valueEncoding === undefined) return undefined;
    const keys: JsonEncoding = { encoding: keyEncoding.encoding, style: keyStyle(keyEncoding.style) };
    return written((data) => new JsonMapWriter(data, keys, valueEncoding));
  }
  const declared = declaredType(field)?.typeOid;
  if (isString(type) && jsonTypes.has(declared)) return jsonStrings(type, declared, settings);
  const scalar = extensionType(field) ?? scalarType(type, settings);
  return scalar && { encoding: scalar.text, style: styles.get(scalar.typeOid) ?? 'string' };
}

/** Strings that are JSON; whether they are is looked at here, or where they become jsonb. */
function jsonStrings(type: DataType, declared: number | undefined, settings: OutputSettings): JsonEncoding | undefined {
  const text = scalarType(type, settings)?.text;
  return text && { encoding: declared === typeOid.jsonb ? text : jsonTextEncoding(text), style: 'json' };
}

/** Every key is a string; moments are one already, and truth values are the words that they are as values. */
function keyStyle(style: JsonStyle): JsonStyle {
  if (style === 'boolean') return 'booleanKey';
  return style === 'moment' || style === 'zonedMoment' ? style : 'string';
}

function written(writer: WriterFactory): JsonEncoding {
  return { encoding: varyingWriting(writer), style: 'json' };
}

function jsonMembers(fields: readonly Field[], settings: OutputSettings): readonly JsonMember[] | undefined {
  const members: JsonMember[] = [];
  for (const field of fields) {
    const encoding = isoEncoding(field, settings);
    if (encoding === undefined) return undefined;
    // apache-arrow has null for the empty name of a field that it read of IPC bytes.
    members.push({ name: field.name ?? '', encoding });
  }
  return members;
}
