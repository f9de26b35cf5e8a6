import { type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import { isNested } from './json-text.js';
import { listElementType } from './list-element.js';

/** What a field says beside its Arrow type, where PostgreSQL has a type for the values and Arrow has none of its own. */
export function arrowMetadata(type: DuckDBType): Map<string, string> {
  if (listElementType(type) !== undefined) return new Map();
  const name = postgresName(type);
  return name === undefined ? new Map() : new Map([['PG:type', name]]);
}

/** Of the types that go out as text. */
function postgresName(type: DuckDBType): string | undefined {
  if (isNested(type) || type.alias === 'JSON') return 'json';
  switch (type.typeId) {
    case DuckDBTypeId.UUID:
      return 'uuid';
    case DuckDBTypeId.INTERVAL:
      return 'interval';
    case DuckDBTypeId.TIME_TZ:
      return 'timetz';
    case DuckDBTypeId.BIT:
      return 'varbit';
    case DuckDBTypeId.BIGNUM:
      return 'numeric';
    default:
      return undefined;
  }
}
