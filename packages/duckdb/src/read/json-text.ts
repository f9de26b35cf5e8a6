import {
  DuckDBArrayValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  type DuckDBType,
  DuckDBTypeId,
  DuckDBUnionValue,
  type DuckDBValue,
  DuckDBVariantValue,
} from '@duckdb/node-api';

const nestedTypes: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.LIST,
  DuckDBTypeId.ARRAY,
  DuckDBTypeId.STRUCT,
  DuckDBTypeId.MAP,
  DuckDBTypeId.UNION,
  DuckDBTypeId.VARIANT,
]);

/** Whether values of the type hold values of other types. */
export function isNested(type: DuckDBType): boolean {
  return nestedTypes.has(type.typeId);
}

/**
 * A value as JSON, as DuckDB's `to_json` has it: a map is an object, a union one with its tag; numbers of any size are
 * numbers, what JSON has no form for (dates, blobs, NaN ...) is a string of DuckDB's text.
 */
export function jsonText(value: DuckDBValue, type?: DuckDBType): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : JSON.stringify(String(value));
  if (typeof value === 'string') return type?.alias === 'JSON' ? value : JSON.stringify(value);
  if (value instanceof DuckDBDecimalValue) return String(value);
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    const elementType = elementTypeOf(type);
    return `[${value.items.map((item) => jsonText(item, elementType)).join()}]`;
  }
  if (value instanceof DuckDBStructValue) {
    const { entries } = value;
    // The type knows the order; an object's keys that look like numbers come first.
    const names = type?.typeId === DuckDBTypeId.STRUCT ? type.entryNames : Object.keys(entries);
    return jsonObject(names.map((name) => [name, entries[name] ?? null, entryTypeOf(type, name)]));
  }
  if (value instanceof DuckDBMapValue) {
    const valueType = type?.typeId === DuckDBTypeId.MAP ? type.valueType : undefined;
    return jsonObject(value.entries.map((entry) => [String(entry.key), entry.value, valueType]));
  }
  if (value instanceof DuckDBUnionValue) {
    const memberType = type?.typeId === DuckDBTypeId.UNION ? type.memberTypeForTag(value.tag) : undefined;
    return jsonObject([[value.tag, value.value, memberType]]);
  }
  if (value instanceof DuckDBVariantValue) return jsonText(value.value, value.type);
  // The library prints an infinite date as a day in the year 5881580.
  if (value instanceof DuckDBDateValue && !value.isFinite) return value.days > 0 ? '"infinity"' : '"-infinity"';
  return JSON.stringify(String(value));
}

function jsonObject(entries: readonly (readonly [string, DuckDBValue, DuckDBType | undefined])[]): string {
  return `{${entries.map(([name, value, type]) => `${JSON.stringify(name)}:${jsonText(value, type)}`).join()}}`;
}

function elementTypeOf(type: DuckDBType | undefined): DuckDBType | undefined {
  return type?.typeId === DuckDBTypeId.LIST || type?.typeId === DuckDBTypeId.ARRAY ? type.valueType : undefined;
}

function entryTypeOf(type: DuckDBType | undefined, name: string): DuckDBType | undefined {
  return type?.typeId === DuckDBTypeId.STRUCT ? type.entryTypes[type.entryNames.indexOf(name)] : undefined;
}
