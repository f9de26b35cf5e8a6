import { DuckDBIntervalValue, type DuckDBType, type DuckDBValue } from '@duckdb/node-api';
import { intervalText } from './interval-text.js';
import { isNested, jsonText } from './json-text.js';

/** A value as PostgreSQL would print it; structs, maps, unions, variants and lists of those as JSON. */
export function valueText(value: DuckDBValue, type: DuckDBType): string {
  if (isNested(type)) return jsonText(value, type);
  return value instanceof DuckDBIntervalValue ? intervalText(value) : String(value);
}
