import { elementTypeOid, PgError, sqlstate, typeOid } from '@riffq/wire';
import type { Field } from 'apache-arrow';
import { Precision } from 'apache-arrow/enum';
import { DataType } from 'apache-arrow/type';
import { isString } from '../../extension-type.js';
import type { TypedField } from '../../field-metadata.js';
import { defaultInputSettings } from '../../input-settings.js';
import { isList, listElement } from '../../list-element.js';
import type { PostgresType } from '../../postgres-type-name.js';
import type { Clock } from '../../text-values/date-time-context.js';
import { cutName, MOST_NAME_BYTES } from '../../text-values/name-text.js';
import type { TextSettings } from '../../type-functions/type-functions.js';
import { textFit } from '../../type-modifier/fit-text.js';
import { HEADER_BYTES } from '../../type-modifier/numeric-modifier.js';
import { defaultTypeOptions } from '../../type-options.js';
import { valueType } from '../../value-type.js';
import { BoolBuilder } from './bool-builder.js';
import type { BuilderOptions } from './builder-options.js';
import type { ColumnBuilder } from './column-builder.js';
import { DateBuilder, TimeBuilder, TimestampBuilder } from './date-time-builder.js';
import { DecimalBuilder } from './decimal-builder.js';
import { DeclaredStringBuilder } from './declared-string-builder.js';
import { DeclaredValueBuilder } from './declared-value-builder.js';
import { DictionaryBuilder } from './dictionary-builder.js';
import { FixedSizeBinaryBuilder } from './fixed-size-binary-builder.js';
import { FloatBuilder } from './float-builder.js';
import { HalfBuilder } from './half-builder.js';
import { IntBuilder } from './int-builder.js';
import { IntervalBuilder } from './interval-builder.js';
import { JsonListBuilder, ListBuilder } from './list-builder.js';
import { MapBuilder } from './map-builder.js';
import { NullBuilder } from './null-builder.js';
import { ShortStringBuilder } from './short-string-builder.js';
import { JsonbTextBuilder, JsonTextBuilder, Utf8Builder } from './string-builder.js';
import { StructBuilder } from './struct-builder.js';
import { UnionBuilder } from './union-builder.js';
import { UuidBuilder } from './uuid-builder.js';
import { BinaryBuilder } from './varying-builder.js';
import { VectorBuilder } from './vector-builder.js';

/**
 * The builder for a column's Arrow type.
 *
 * @param clock - what `now` means
 * @throws PgError 0A000 for a type that COPY data is not read into, naming column and type
 */
export function makeColumnBuilder(field: TypedField, options: BuilderOptions, clock: Clock): ColumnBuilder {
  const { name, type } = field;
  const { settings = defaultInputSettings } = options;
  const declared = declaredOtherwise(field);
  if (declared !== undefined) {
    const values = makeColumnBuilder(withoutDeclaration(field), options, clock);
    return new DeclaredValueBuilder(type, declared, values, { ...settings, clock });
  }
  if (DataType.isInt(type)) {
    return type.bitWidth === 64 && !type.isSigned ? new DecimalBuilder(type) : new IntBuilder(type);
  }
  if (DataType.isFloat(type)) return type.precision === Precision.HALF ? new HalfBuilder(type) : new FloatBuilder(type);
  if (DataType.isDecimal(type)) return new DecimalBuilder(type);
  if (DataType.isBool(type)) return new BoolBuilder(type);
  if (isString(type)) return stringBuilder(field, { ...settings, clock });
  if (DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isBinaryView(type)) {
    return new BinaryBuilder(type);
  }
  if (DataType.isFixedSizeBinary(type)) {
    return postgresOid(field) === typeOid.uuid ? new UuidBuilder(type) : new FixedSizeBinaryBuilder(type);
  }
  if (DataType.isDate(type)) return new DateBuilder(type, { ...settings, clock });
  if (DataType.isTime(type)) return new TimeBuilder(type, { ...settings, clock });
  if (DataType.isTimestamp(type)) return new TimestampBuilder(type, { ...settings, clock });
  if (DataType.isInterval(type) || DataType.isDuration(type)) return new IntervalBuilder(type, settings);
  if (DataType.isNull(type)) return new NullBuilder(type);
  const nested = nestedBuilder(field, (part) => makeColumnBuilder(part, options, clock));
  if (nested !== undefined) return nested;
  throw new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `column "${name}" has the Arrow type ${type}, which COPY data is not read into`,
    hint: 'Describe the column as a type that PostgreSQL has.',
  });
}

/** What a scalar that is no string is declared as, if that is not what it is by itself. */
function declaredOtherwise(field: TypedField): PostgresType | undefined {
  const type: DataType = field.type;
  if (isString(type) || DataType.isNull(type) || DataType.isDictionary(type) || (type.children ?? []).length > 0) {
    return undefined;
  }
  const declared = valueType(field, defaultTypeOptions);
  const isSame = declared === undefined || declared.typeOid === postgresOid(withoutDeclaration(field));
  // Whose bytes may be those of a uuid, without the extension type.
  return isSame || declared.typeOid === typeOid.uuid ? undefined : declared;
}

function withoutDeclaration({ name, type, metadata }: TypedField): TypedField {
  return { name, type, metadata: new Map([...metadata].filter(([key]) => !key.startsWith('PG:'))) };
}

function stringBuilder(field: TypedField, settings: TextSettings): ColumnBuilder {
  const { type } = field;
  if (isJson(field)) return isJsonb(field) ? new JsonbTextBuilder(type) : new JsonTextBuilder(type);
  const target = valueType(field, defaultTypeOptions) ?? { typeOid: typeOid.text, typeModifier: -1 };
  const fit = target.typeOid === typeOid.varchar ? textFit(target) : undefined;
  if (fit !== undefined) return new ShortStringBuilder(type, target.typeModifier - HEADER_BYTES, fit);
  if (target.typeOid === typeOid.name) return new ShortStringBuilder(type, MOST_NAME_BYTES, cutName);
  if (target.typeOid === typeOid.int2vector || target.typeOid === typeOid.oidvector) {
    return new VectorBuilder(type, target, settings);
  }
  const declared = new DeclaredStringBuilder(type, target, settings);
  return declared.isChecked ? declared : new Utf8Builder(type);
}

/** For types that hold others: arrays, json, and what is looked up. */
function nestedBuilder(field: TypedField, make: (part: TypedField) => ColumnBuilder): ColumnBuilder | undefined {
  const { type, metadata } = field;
  const parts: readonly Field[] = type.children ?? [];
  if (DataType.isDictionary(type)) {
    const values = { name: field.name, type: type.dictionary, metadata };
    return new DictionaryBuilder(type, make(values));
  }
  if (DataType.isStruct(type)) return new StructBuilder(type, parts.map(make), isJsonb(field));
  if (DataType.isUnion(type)) return new UnionBuilder(type, parts.map(make), isJsonb(field));
  if (DataType.isMap(type)) {
    const [key, value] = parts[0]?.type.children ?? [];
    return key && value && new MapBuilder(type, make(key), make(value), isJsonb(field));
  }
  const [element] = parts;
  if (!isList(type) || element === undefined) return undefined;
  if (isJson(field)) return new JsonListBuilder(type, make(jsonElement(element)), isJsonb(field));
  const array = valueType(field, defaultTypeOptions);
  const elementOid = array && elementTypeOid(array.typeOid);
  if (array === undefined || elementOid === undefined) return undefined;
  return new ListBuilder(type, make(elementField(field, element, array, elementOid)), elementOid);
}

/** Lists in lists of JSON are JSON too. */
function jsonElement(element: Field): TypedField {
  const { name, type } = element;
  return listElement(type) === undefined
    ? element
    : { name, type, metadata: new Map([['PG:oid', String(typeOid.json)]]) };
}

function isJson(field: TypedField): boolean {
  const oid = postgresOid(field);
  return oid === typeOid.json || oid === typeOid.jsonb;
}

function isJsonb(field: TypedField): boolean {
  return postgresOid(field) === typeOid.jsonb;
}

function postgresOid(field: TypedField): number | undefined {
  return valueType(field, defaultTypeOptions)?.typeOid;
}

/** What a list holds, by the list's own name for errors; lists in lists are of the same array type. */
function elementField({ name }: TypedField, element: Field, array: PostgresType, elementOid: number): TypedField {
  return {
    name,
    type: element.type,
    metadata: new Map([
      ['PG:oid', String(listElement(element.type) === undefined ? elementOid : array.typeOid)],
      // An array's modifier is that of its elements.
      ['PG:typmod', String(array.typeModifier)],
    ]),
  };
}
