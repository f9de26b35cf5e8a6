import { elementTypeOid, PgError, sqlstate, typeOid } from '@riffq/wire';
import { DataType, type Field, Precision } from 'apache-arrow';
import { isString } from '../../extension-type.js';
import type { TypedField } from '../../field-metadata.js';
import { defaultTypeOptions } from '../../type-options.js';
import { valueType } from '../../value-type.js';
import { BoolBuilder } from './bool-builder.js';
import type { ColumnBuilder } from './column-builder.js';
import { DateBuilder, TimeBuilder, TimestampBuilder } from './date-time-builder.js';
import { DecimalBuilder } from './decimal-builder.js';
import { FixedSizeBinaryBuilder } from './fixed-size-binary-builder.js';
import { FloatBuilder } from './float-builder.js';
import { IntBuilder } from './int-builder.js';
import { IntervalBuilder } from './interval-builder.js';
import { ListBuilder } from './list-builder.js';
import { UuidBuilder } from './uuid-builder.js';
import { BinaryBuilder, Utf8Builder } from './varying-builder.js';

/**
 * The builder for a column's Arrow type.
 *
 * @throws PgError 0A000 for a type that COPY data is not read into, naming column and type
 */
export function makeColumnBuilder(field: TypedField): ColumnBuilder {
  const { name, type } = field;
  if (DataType.isInt(type)) {
    return type.bitWidth === 64 && !type.isSigned ? new DecimalBuilder(type) : new IntBuilder(type);
  }
  if (DataType.isFloat(type) && type.precision !== Precision.HALF) return new FloatBuilder(type);
  if (DataType.isDecimal(type)) return new DecimalBuilder(type);
  if (DataType.isBool(type)) return new BoolBuilder(type);
  if (isString(type)) return new Utf8Builder(type);
  if (DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isBinaryView(type)) {
    return new BinaryBuilder(type);
  }
  if (DataType.isFixedSizeBinary(type)) {
    return postgresOid(field) === typeOid.uuid ? new UuidBuilder(type) : new FixedSizeBinaryBuilder(type);
  }
  if (DataType.isDate(type)) return new DateBuilder(type);
  if (DataType.isTime(type)) return new TimeBuilder(type);
  if (DataType.isTimestamp(type)) return new TimestampBuilder(type);
  if (DataType.isInterval(type) || DataType.isDuration(type)) return new IntervalBuilder(type);
  if (DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type)) {
    const arrayOid = postgresOid(field) ?? 0;
    const elementOid = elementTypeOid(arrayOid);
    const inner = type.children[0];
    if (elementOid !== undefined && inner !== undefined) {
      const element = elementField(field, inner, arrayOid, elementOid);
      return new ListBuilder(type, makeColumnBuilder(element), elementOid);
    }
  }
  throw new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `column "${name}" has the Arrow type ${type}, which COPY data is not read into`,
    hint: 'Describe the column as a number, string, binary, date, time, timestamp, interval or list of those.',
  });
}

function postgresOid(field: TypedField): number | undefined {
  return valueType(field, defaultTypeOptions)?.typeOid;
}

/** What a list holds, by the list's own name for errors; lists in lists are of the same array type. */
function elementField({ name }: TypedField, element: Field, arrayOid: number, elementOid: number): TypedField {
  const isList =
    DataType.isList(element.type) || DataType.isLargeList(element.type) || DataType.isFixedSizeList(element.type);
  return { name, type: element.type, metadata: new Map([['PG:oid', String(isList ? arrayOid : elementOid)]]) };
}
