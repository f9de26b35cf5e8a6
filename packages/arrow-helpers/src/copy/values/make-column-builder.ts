import { PgError, sqlstate } from '@riffq/wire';
import { DataType, type Field, Precision } from 'apache-arrow';
import { BoolBuilder } from './bool-builder.js';
import type { ColumnBuilder } from './column-builder.js';
import { DateBuilder, TimeBuilder, TimestampBuilder } from './date-time-builder.js';
import { DecimalBuilder } from './decimal-builder.js';
import { FloatBuilder } from './float-builder.js';
import { IntBuilder } from './int-builder.js';
import { BinaryBuilder, Utf8Builder } from './varying-builder.js';

/**
 * The builder for a column's Arrow type.
 *
 * @throws PgError 0A000 for a type that COPY data is not read into, naming column and type
 */
export function makeColumnBuilder({ name, type }: Field): ColumnBuilder {
  if (DataType.isInt(type)) {
    return type.bitWidth === 64 && !type.isSigned ? new DecimalBuilder(type) : new IntBuilder(type);
  }
  if (DataType.isFloat(type) && type.precision !== Precision.HALF) return new FloatBuilder(type);
  if (DataType.isDecimal(type)) return new DecimalBuilder(type);
  if (DataType.isBool(type)) return new BoolBuilder(type);
  if (DataType.isUtf8(type)) return new Utf8Builder(type);
  if (DataType.isBinary(type)) return new BinaryBuilder(type);
  if (DataType.isDate(type)) return new DateBuilder(type);
  if (DataType.isTime(type)) return new TimeBuilder(type);
  if (DataType.isTimestamp(type)) return new TimestampBuilder(type);
  throw new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `column "${name}" has the Arrow type ${type}, which COPY data is not read into`,
    hint: 'Describe the column as a number, string, binary, date, time or timestamp.',
  });
}
