import { arrayTypeOid, elementTypeOid, typeOid } from '@riffq/wire';
import type { Field } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import { checkDimensions } from './array-dimensions.js';
import { arrayDelimiter } from './array-input/array-delimiter.js';
import { declaredValueType } from './declared-type.js';
import { ArrayBinaryWriter } from './encode/array-binary.js';
import { plainElements, quotedElements } from './encode/array-fields.js';
import { ArrayTextWriter } from './encode/array-text.js';
import { JsonDocumentWriter } from './encode/json-document.js';
import { jsonbBinaryEncoding } from './encode/jsonb.js';
import { varyingWriting } from './encode/value-encoding.js';
import { extensionType } from './extension-type.js';
import { declaredType, type TypedField } from './field-metadata.js';
import { jsonEncoding } from './json-encoding.js';
import { listElement } from './list-element.js';
import type { OutputSettings } from './output-settings.js';
import type { PostgresType } from './postgres-type-name.js';
import { scalarType, type ValueType } from './scalar-type.js';
import type { TypeOptions } from './type-options.js';
import { wantedType } from './wanted-type.js';

export type { ValueType } from './scalar-type.js';

/** Types whose text never needs quotes within an array. */
const plainTypes: ReadonlySet<number> = new Set([
  typeOid.bool,
  typeOid.int2,
  typeOid.int4,
  typeOid.int8,
  typeOid.float4,
  typeOid.float8,
  typeOid.numeric,
]);

const jsonTypes: ReadonlySet<number | undefined> = new Set([typeOid.json, typeOid.jsonb]);

/**
 * What a column's type is in PostgreSQL, by type id, extension name and what its metadata declares; undefined for what has
 * no encoder.
 *
 * @throws PgError 42846 for a declared type that the Arrow type cannot be sent as, 42704 for one that there is not, 22023 for a
 * modifier that the type does not take, 54000 for lists of too many dimensions
 */
export function valueType(field: TypedField, options: TypeOptions): ValueType | undefined {
  const type: DataType = field.type;
  if (DataType.isDictionary(type)) return valueType({ ...named(field), type: type.dictionary }, options);
  const declared = declaredType(field);
  if (!jsonTypes.has(declared?.typeOid)) checkDimensions(field);
  const own = ownType(field, declared, options);
  const wanted = wantedType(field, own?.typeOid);
  if (wanted === undefined) return own;
  return (
    jsonAs(field, wanted, own, options) ??
    // A modifier is that of a list's elements.
    declaredValueType(field, wanted, declared === undefined ? ownType(field, wanted, options) : own, options)
  );
}

/** json, in which strings that are JSON already stay as they are, and jsonb, which has a form of its own for all. */
function jsonAs(
  field: TypedField,
  declared: PostgresType,
  own: ValueType | undefined,
  { settings }: TypeOptions,
): ValueType | undefined {
  if (!jsonTypes.has(declared.typeOid) || own?.typeOid === declared.typeOid || DataType.isNull(field.type))
    return undefined;
  const json = jsonEncoding(field, settings);
  if (json === undefined) return undefined;
  const { encoding } = json;
  if (declared.typeOid === typeOid.jsonb) return { ...declared, text: encoding, binary: jsonbBinaryEncoding(encoding) };
  const text = json.style === 'json' ? encoding : varyingWriting((data) => new JsonDocumentWriter(data, json));
  return { ...declared, text, binary: text };
}

function ownType(field: TypedField, declared: PostgresType | undefined, options: TypeOptions): ValueType | undefined {
  const { settings } = options;
  const type: DataType = field.type;
  const element = listElement(type);
  if (element !== undefined) return arrayType(elementField(field, element, declared), 1, options);
  if (DataType.isStruct(type) || DataType.isMap(type) || DataType.isUnion(type)) return jsonType(field, settings);
  return extensionType(field) ?? scalarType(type, settings);
}

/** The element as a field of the list's name, for errors; what the list is declared to be an array of, it is declared to be. */
function elementField({ name }: TypedField, element: Field, declared: PostgresType | undefined): TypedField {
  const oid = declared === undefined ? undefined : elementTypeOid(declared.typeOid);
  if (declared === undefined || oid === undefined) return { ...named(element), name };
  const metadata = new Map([
    ...element.metadata,
    ['PG:oid', String(oid)],
    ['PG:typmod', String(declared.typeModifier)],
  ]);
  metadata.delete('PG:type');
  return { name, type: element.type, metadata };
}

function named({ name, type, metadata }: TypedField): TypedField {
  return { name, type, metadata };
}

/** Lists in lists are one array of several dimensions. */
function arrayType(field: TypedField, dimensions: number, options: TypeOptions): ValueType | undefined {
  const inner = listElement(field.type);
  if (inner !== undefined) return arrayType(innerField(field, inner), dimensions + 1, options);
  const element = valueType(field, options);
  const oid = element === undefined ? undefined : arrayTypeOid(element.typeOid);
  if (element === undefined || oid === undefined) return undefined;
  const { binary } = element;
  const delimiter = arrayDelimiter(element.typeOid).charCodeAt(0);
  const fields = plainTypes.has(element.typeOid) ? plainElements(delimiter) : quotedElements(delimiter);
  return {
    typeOid: oid,
    typeModifier: element.typeModifier,
    text: varyingWriting((data) => new ArrayTextWriter(data, dimensions, element.text, fields, delimiter)),
    binary: binary && varyingWriting((data) => new ArrayBinaryWriter(data, dimensions, binary, element.typeOid)),
  };
}

/** What is declared of a list's elements is declared of the innermost ones. */
function innerField({ name, metadata }: TypedField, inner: Field): TypedField {
  const declared = [...metadata].filter(
    ([key]) => key === 'PG:typmod' || (isTypeKey(key) && !inner.metadata.has('PG:type')),
  );
  return { name, type: inner.type, metadata: new Map([...declared, ...inner.metadata]) };
}

function isTypeKey(key: string): boolean {
  return key === 'PG:oid' || key === 'PG:type';
}

function jsonType({ name, type }: TypedField, settings: OutputSettings): ValueType | undefined {
  const json = jsonEncoding({ name, type, metadata: new Map() }, settings);
  if (json === undefined) return undefined;
  // The binary form of json is its text, in which no setting of dates has a say.
  return { typeOid: typeOid.json, typeModifier: -1, text: json.encoding, binary: json.encoding };
}
