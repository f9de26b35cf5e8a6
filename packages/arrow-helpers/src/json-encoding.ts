import { elementTypeOid, sqlstate, typeOid } from '@riffq/wire';
import type { Field, Map_, Struct, Union } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import { declaredValueType, impossiblePair } from './declared-type.js';
import { textEncoding } from './encode/checked-text.js';
import type { JsonStyle } from './encode/json-fields.js';
import { JsonListWriter } from './encode/json-list.js';
import { JsonMapWriter } from './encode/json-map.js';
import type { JsonEncoding } from './encode/json-part.js';
import { type JsonMember, JsonStructWriter } from './encode/json-struct.js';
import { jsonTextEncoding } from './encode/json-text.js';
import { JsonUnionWriter } from './encode/json-union.js';
import { jsonbTextEncoding } from './encode/jsonb.js';
import { TextAsWriter, type TextConversion } from './encode/text-as.js';
import { type ValueEncoding, varyingWriting } from './encode/value-encoding.js';
import type { WriterFactory } from './encode/value-writer.js';
import { extensionType, isString } from './extension-type.js';
import { declaredType, type TypedField } from './field-metadata.js';
import { isList, listElement } from './list-element.js';
import type { OutputSettings } from './output-settings.js';
import type { PostgresType } from './postgres-type-name.js';
import { scalarType, type ValueType } from './scalar-type.js';
import { wantedType } from './wanted-type.js';

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

const momentTypes: ReadonlySet<number | undefined> = new Set([typeOid.date, typeOid.timestamp, typeOid.timestamptz]);

/** Within JSON dates and timestamps are ISO whatever DateStyle says; ranges of them, and what has become text before, are not. */
function withinJson(oid: number | undefined, settings: OutputSettings): OutputSettings {
  const isMoment = momentTypes.has(oid) || (oid !== undefined && momentTypes.has(elementTypeOid(oid)));
  return isMoment && settings.dateStyle !== 'ISO' ? { ...settings, dateStyle: 'ISO' } : settings;
}

/** How values of a type are written as JSON, as to_json has them; undefined for what has no encoder. */
export function jsonEncoding(field: TypedField, settings: OutputSettings): JsonEncoding | undefined {
  const type: DataType = field.type;
  if (DataType.isDictionary(type)) {
    return jsonEncoding({ name: field.name, type: type.dictionary, metadata: field.metadata }, settings);
  }
  const json = typeEncoding(field, settings);
  if (json === undefined || declaredType(field)?.typeOid !== typeOid.jsonb) return json;
  return { encoding: jsonbTextEncoding(json), style: 'json' };
}

function typeEncoding(field: TypedField, settings: OutputSettings): JsonEncoding | undefined {
  const type: DataType = field.type;
  const declared = declaredType(field);
  // As json and jsonb everything is what it is as a part of JSON.
  const wanted = declared !== undefined && jsonTypes.has(declared.typeOid) ? undefined : declared;
  if (isList(type)) {
    const element = jsonEncoding(elementField(field, type.children[0]!, wanted), settings);
    return element && written((data) => new JsonListWriter(data, element));
  }
  if (DataType.isStruct(type) || DataType.isUnion(type) || DataType.isMap(type)) {
    if (wanted !== undefined) throw impossiblePair(field, wanted);
    return DataType.isMap(type) ? mapEncoding(field, type, settings) : membersEncoding(field, type, settings);
  }
  const document = declared === wanted ? undefined : jsonSource(field, settings);
  if (document !== undefined) {
    return { encoding: declared?.typeOid === typeOid.jsonb ? document : jsonTextEncoding(document), style: 'json' };
  }
  const natural = (shown: OutputSettings) => extensionType(field) ?? scalarType(type, shown);
  const ownOid = natural(settings)?.typeOid;
  const as = declared === wanted ? wantedType(field, ownOid) : undefined;
  const inJson = withinJson(as?.typeOid ?? ownOid, settings);
  const own = natural(inJson);
  const scalar = as === undefined ? own : declaredValueType(field, as, own, { settings: inJson });
  return scalar && scalarEncoding(scalar);
}

function scalarEncoding({ typeOid: oid, text }: ValueType): JsonEncoding {
  // Of its elements int2 is a number in JSON, and oid a string.
  if (oid === typeOid.int2vector) return written((data) => new TextAsWriter(data, text, vectorJson(''), NOT_READ));
  if (oid === typeOid.oidvector) return written((data) => new TextAsWriter(data, text, vectorJson('"'), NOT_READ));
  return { encoding: text, style: styles.get(oid) ?? 'string' };
}

const NOT_READ = sqlstate.invalid_text_representation;

/** The text of a vector, whose numbers have spaces between them, as an array of JSON. */
function vectorJson(quote: string): TextConversion {
  return (text) => {
    const numbers = text === '' ? [] : text.split(' ').map((number) => quote + number + quote);
    return Buffer.from(`[${numbers.join()}]`);
  };
}

function membersEncoding(
  { name }: TypedField,
  type: Struct | Union,
  settings: OutputSettings,
): JsonEncoding | undefined {
  const members = jsonMembers(type.children, name, settings);
  if (members === undefined) return undefined;
  return written((data) =>
    DataType.isStruct(type) ? new JsonStructWriter(data, members) : new JsonUnionWriter(data, members),
  );
}

function mapEncoding({ name }: TypedField, type: Map_, settings: OutputSettings): JsonEncoding | undefined {
  const [key, value] = type.children[0]?.type.children ?? [];
  const keyEncoding = key && jsonEncoding(within(name, key), settings);
  const valueEncoding = value && jsonEncoding(within(name, value), settings);
  if (keyEncoding === undefined || valueEncoding === undefined) return undefined;
  const keys: JsonEncoding = { encoding: keyEncoding.encoding, style: keyStyle(keyEncoding.style) };
  return written((data) => new JsonMapWriter(data, keys, valueEncoding));
}

/** The element as a field of the list's name; what the list is declared to be an array of, its innermost elements are declared to be. */
function elementField(list: TypedField, element: Field, declared: PostgresType | undefined): TypedField {
  const { name } = list;
  if (declared === undefined) return { name, type: element.type, metadata: element.metadata };
  const elementOid = elementTypeOid(declared.typeOid);
  if (elementOid === undefined) throw impossiblePair(list, declared);
  const metadata = new Map([
    ...element.metadata,
    ['PG:oid', String(listElement(element.type) === undefined ? elementOid : declared.typeOid)],
    ['PG:typmod', String(declared.typeModifier)],
  ]);
  metadata.delete('PG:type');
  return { name, type: element.type, metadata };
}

/** A field of another, for errors. */
function within(outer: string, { name, type, metadata }: Field): TypedField {
  return { name: outer === '' ? name : `${outer}.${name}`, type, metadata };
}

/** Strings and bytes that are JSON; whether they are is looked at elsewhere. */
function jsonSource(field: TypedField, settings: OutputSettings): ValueEncoding | undefined {
  const { type } = field;
  if (isString(type)) return scalarType(type, settings)?.text;
  const own = extensionType(field) ?? scalarType(type, settings);
  return own?.typeOid === typeOid.bytea ? textEncoding(own.binary) : undefined;
}

/** Every key is a string; moments are one already, and truth values are the words that they are as values. */
function keyStyle(style: JsonStyle): JsonStyle {
  if (style === 'boolean') return 'booleanKey';
  return style === 'moment' || style === 'zonedMoment' ? style : 'string';
}

function written(writer: WriterFactory): JsonEncoding {
  return { encoding: varyingWriting(writer), style: 'json' };
}

function jsonMembers(
  fields: readonly Field[],
  outer: string,
  settings: OutputSettings,
): readonly JsonMember[] | undefined {
  const members: JsonMember[] = [];
  for (const field of fields) {
    const encoding = jsonEncoding(within(outer, field), settings);
    if (encoding === undefined) return undefined;
    // apache-arrow has null for the empty name of a field that it read of IPC bytes.
    members.push({ name: field.name ?? '', encoding });
  }
  return members;
}
