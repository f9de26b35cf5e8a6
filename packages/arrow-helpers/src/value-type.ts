import { arrayTypeOid, typeOid } from '@riffq/wire';
import { DataType, type Field } from 'apache-arrow';
import { ArrayBinaryWriter } from './encode/array-binary.js';
import { plainElements, quotedElements } from './encode/array-fields.js';
import { ArrayTextWriter } from './encode/array-text.js';
import { varyingWriting } from './encode/value-encoding.js';
import { extensionType } from './extension-type.js';
import { jsonEncoding } from './json-encoding.js';
import type { OutputSettings } from './output-settings.js';
import { scalarType, type ValueType } from './scalar-type.js';

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

/** What a column's type is in PostgreSQL, by type id and extension name; undefined for what has no encoder. */
export function valueType(field: Pick<Field, 'type' | 'metadata'>, settings: OutputSettings): ValueType | undefined {
  const type: DataType = field.type;
  if (DataType.isDictionary(type)) return valueType({ type: type.dictionary, metadata: field.metadata }, settings);
  const element = listElement(type);
  if (element !== undefined) return arrayType(element, 1, settings);
  if (DataType.isStruct(type) || DataType.isMap(type) || DataType.isUnion(type)) return jsonType(type, settings);
  return extensionType(field) ?? scalarType(type, settings);
}

/** Lists in lists are one array of several dimensions. */
function arrayType(field: Field, dimensions: number, settings: OutputSettings): ValueType | undefined {
  const inner = listElement(field.type);
  if (inner !== undefined) return arrayType(inner, dimensions + 1, settings);
  const element = valueType(field, settings);
  const oid = element === undefined ? undefined : arrayTypeOid(element.typeOid);
  if (element === undefined || oid === undefined) return undefined;
  const fields = plainTypes.has(element.typeOid) ? plainElements : quotedElements;
  return {
    typeOid: oid,
    typeModifier: element.typeModifier,
    text: varyingWriting((data) => new ArrayTextWriter(data, dimensions, element.text, fields)),
    binary: varyingWriting((data) => new ArrayBinaryWriter(data, dimensions, element.binary, element.typeOid)),
  };
}

function listElement(type: DataType): Field | undefined {
  return DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type)
    ? type.children[0]
    : undefined;
}

function jsonType(type: DataType, settings: OutputSettings): ValueType | undefined {
  const json = jsonEncoding({ type, metadata: new Map() }, settings);
  if (json === undefined) return undefined;
  // The binary form of json is its text, in which no setting of dates has a say.
  return { typeOid: typeOid.json, typeModifier: -1, text: json.encoding, binary: json.encoding };
}
