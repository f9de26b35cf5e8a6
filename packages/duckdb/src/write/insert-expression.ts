import { type DuckDBArrayType, type DuckDBListType, type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import { isNested } from '../read/json-text.js';
import type { ColumnWriter } from './column-writer.js';

/** A column of the table that is inserted into. */
export interface TargetColumn {
  readonly name: string;
  readonly type: DuckDBType;
  /** The type as DuckDB writes it, which knows JSON from VARCHAR. */
  readonly typeName: string;
}

/**
 * The expression that makes a column's values out of what DuckDB was given. INSERT casts its result to the type of the
 * column.
 *
 * @param staged - the name of what DuckDB was given
 */
export function insertExpression(staged: string, writer: ColumnWriter, target: TargetColumn): string {
  if (writer.family === 'text') return textExpression(staged, target);
  if (writer.zoned === true) return `CAST(${staged} AS TIMESTAMP) AT TIME ZONE 'UTC'`;
  return target.type.typeId === DuckDBTypeId.GEOMETRY ? `ST_GeomFromWKB(${staged})` : staged;
}

/** Reads back what this package prints: intervals as PostgreSQL's, nested values as JSON. */
function textExpression(staged: string, { type, typeName }: TargetColumn): string {
  if (type.typeId === DuckDBTypeId.INTERVAL) return `replace(${staged}, '+', '')`;
  if (!isNested(type)) return staged;
  const leaf = leafOfLists(type);
  if (leaf.typeId === DuckDBTypeId.INTERVAL) return nestedExpression(`replace(${staged}, '+', '')`, type, typeName);
  if (leaf.typeId === DuckDBTypeId.BLOB) return bytesExpression(staged, type, typeName);
  if (type.typeId === DuckDBTypeId.LIST) return listExpression(staged, type, typeName);
  return nestedExpression(staged, type, typeName);
}

/** What lists, and lists of lists, are of in the end. */
function leafOfLists(type: DuckDBType): DuckDBType {
  return isListOf(type) ? leafOfLists(type.valueType) : type;
}

function isListOf(type: DuckDBType): type is DuckDBListType | DuckDBArrayType {
  return type.typeId === DuckDBTypeId.LIST || type.typeId === DuckDBTypeId.ARRAY;
}

/** Lists of bytes come in PostgreSQL's hexadecimal form, of which DuckDB's cast would take the first byte alone. */
function bytesExpression(staged: string, type: DuckDBType, typeName: string): string {
  const texts = `CAST(CAST(${staged} AS JSON) AS ${typeName.replace('BLOB', 'VARCHAR')})`;
  return `CAST(${bytesOfLists(texts, type)} AS ${typeName})`;
}

function bytesOfLists(texts: string, type: DuckDBType, depth = 0): string {
  if (!isListOf(type)) return `unhex(substr(${texts}, 3))`;
  const element = `element${depth}`;
  return `list_transform(${texts}, lambda ${element}: ${bytesOfLists(element, type.valueType, depth + 1)})`;
}

/**
 * PostgreSQL's arrays, as COPY brings them, beside what the others can be. DuckDB reads them with other brackets, but not those
 * that have quotes: within them a brace is a brace.
 */
function listExpression(staged: string, type: DuckDBType, typeName: string): string {
  const literal = `CAST(translate(${staged}, '{}', '[]') AS ${typeName})`;
  const isLiteral = `starts_with(${staged}, '{') AND NOT contains(${staged}, '"')`;
  return `CASE WHEN ${isLiteral} THEN ${literal} ELSE ${nestedExpression(staged, type, typeName)} END`;
}

function nestedExpression(staged: string, type: DuckDBType, typeName: string): string {
  const json = `CAST(CAST(${staged} AS JSON) AS ${typeName})`;
  const ownTextIsJson = !containsType(type, notWrittenAsJson);
  // DuckDB's own cast reads lists and structs, and their decimals to the last digit, but not the escapes of JSON's strings.
  if (ownTextIsJson && !containsType(type, withEscapes)) return `CAST(${staged} AS ${typeName})`;
  // DuckDB has no CASE over arrays of a fixed length.
  if (containsType(type, fixedLength)) return json;
  const isJson = ownTextIsJson ? `contains(${staged}, '\\') AND json_valid(${staged})` : `json_valid(${staged})`;
  // A NULL becomes a union whose member is NULL otherwise.
  return `CASE WHEN ${staged} IS NULL THEN NULL WHEN ${isJson} THEN ${json} ELSE CAST(${staged} AS ${typeName}) END`;
}

const notWrittenAsJson: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.MAP,
  DuckDBTypeId.UNION,
  DuckDBTypeId.VARIANT,
]);
const withEscapes: ReadonlySet<DuckDBTypeId> = new Set([DuckDBTypeId.VARCHAR, DuckDBTypeId.ENUM]);
const fixedLength: ReadonlySet<DuckDBTypeId> = new Set([DuckDBTypeId.ARRAY]);

/** Whether the type, or one of which it is made, is one of these. */
function containsType(type: DuckDBType, wanted: ReadonlySet<DuckDBTypeId>): boolean {
  if (wanted.has(type.typeId)) return true;
  switch (type.typeId) {
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY:
      return containsType(type.valueType, wanted);
    case DuckDBTypeId.MAP:
      return containsType(type.keyType, wanted) || containsType(type.valueType, wanted);
    case DuckDBTypeId.STRUCT:
      return type.entryTypes.some((entry) => containsType(entry, wanted));
    case DuckDBTypeId.UNION:
      return type.memberTypes.some((member) => containsType(member, wanted));
    default:
      return false;
  }
}
