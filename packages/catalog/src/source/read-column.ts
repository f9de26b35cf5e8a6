import { requireTypeModifier } from '../registry/require-type-modifier.js';
import type { ColumnDescription, TypeReference } from './descriptions.js';
import { isRow } from './row-fields.js';
import { RowReader } from './row-reader.js';
import { sameColumn } from './same-column.js';

/** A column's facts besides its type. */
export type ColumnFacts = Omit<ColumnDescription, 'type'>;

/** Columns that were read, by name. */
const knownColumns = new Map<unknown, readonly ColumnDescription[]>();
const keptNames = 4096;
const keptOfName = 8;

/**
 * Reads a row of `columns()`. Tables have columns in common (`id`, `created_at`): these share the object, which saves memory,
 * and time when a row is compared with what was read.
 */
export function readColumn(row: unknown): ColumnDescription {
  const name = isRow<'name'>(row) ? row.name : undefined;
  const known = knownColumns.get(name) ?? [];
  for (const column of known) if (sameColumn(row, column)) return column;
  const column = readNewColumn(row);
  const isShort = column.default === null && column.comment === null;
  if (isShort && known.length < keptOfName && (known.length > 0 || knownColumns.size < keptNames))
    knownColumns.set(name, [...known, column]);
  return column;
}

function readNewColumn(row: unknown): ColumnDescription {
  const reader = new RowReader(row, 'columns');
  const facts = readColumnFacts(reader);
  const [typeOid, typeModifier] = [reader.oid('typeOid'), reader.optionalInteger('typeModifier') ?? -1];
  requireTypeModifier('columns', `column "${facts.name}"`, typeOid, typeModifier);
  const dimensions = reader.optionalInteger('dimensions') ?? 1;
  const type = dimensions > 1 ? { ...plainType(typeOid, typeModifier), dimensions } : plainType(typeOid, typeModifier);
  // Field by field: V8 gives each spread object a shape of its own, five times as large as what is in it.
  return {
    name: facts.name,
    default: facts.default,
    generated: facts.generated,
    identity: facts.identity,
    comment: facts.comment,
    nullable: reader.flag('nullable'),
    type,
  };
}

const unmodifiedTypes = new Map<number, TypeReference>();
/** PostgreSQL has fewer built-in types; a source may make up more. */
const keptTypes = 1000;

/** A type by its OID. Most columns have one of a few: these share the object. */
function plainType(typeOid: number, typeModifier: number): TypeReference {
  const known = typeModifier === -1 ? unmodifiedTypes.get(typeOid) : undefined;
  if (known !== undefined) return known;
  const type: TypeReference = { kind: 'oid', typeOid, typeModifier };
  if (typeModifier === -1 && unmodifiedTypes.size < keptTypes) unmodifiedTypes.set(typeOid, type);
  return type;
}

/** Reads what a column may have besides its name, type and nullability. */
export function readColumnFacts(reader: RowReader): Omit<ColumnFacts, 'nullable'> {
  return {
    name: reader.text('name'),
    default: reader.optionalText('default') ?? null,
    generated: reader.optionalFlag('generated') ?? false,
    identity: reader.optionalWord('identity', ['always', 'byDefault'] as const) ?? null,
    comment: reader.optionalText('comment') ?? null,
  };
}
