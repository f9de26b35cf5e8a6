import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { isNested, jsonText } from './json-text.js';

/** A value as PostgreSQL would print it; structs, maps, unions, variants and lists of them as JSON. */
export function valueText(value: DuckDBValue, type: DuckDBType): string {
  return isNested(type) ? jsonText(value, type) : String(value);
}
