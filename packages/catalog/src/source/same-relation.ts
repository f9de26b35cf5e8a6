import { type RelationReading, relationKind } from './read-relation.js';
import { isRow } from './row-fields.js';
import { sameColumns } from './same-column.js';

type PartField = 'primaryKey' | 'primary_key' | 'unique' | 'foreignKeys' | 'foreign_keys' | 'indexes' | 'checks';

type RelationField =
  | ('oid' | 'name' | 'kind' | 'comment' | 'definition' | 'columns')
  | ('reltypeOid' | 'reltype_oid' | 'arrayOid' | 'array_oid' | 'ownerOid' | 'owner_oid' | 'hasIndex' | 'has_index')
  | (
      | 'hasRules'
      | 'has_rules'
      | 'hasTriggers'
      | 'has_triggers'
      | 'rowSecurity'
      | 'row_security'
      | 'rowEstimate'
      | 'row_estimate'
    );

/** Whether a row of a relation would be read as it was, but for its keys, indexes and checks. */
export function sameRelation(row: unknown, reading: RelationReading): boolean {
  return (
    isRow<RelationField>(row) &&
    row.oid === reading.oid &&
    row.name === reading.name &&
    (row.reltypeOid ?? row.reltype_oid) === reading.typeOid &&
    (row.arrayOid ?? row.array_oid ?? undefined) === reading.arrayOid &&
    relationKind(row.kind) === reading.kind &&
    (row.ownerOid ?? row.owner_oid ?? null) === reading.owner &&
    (row.comment ?? null) === reading.comment &&
    (row.hasIndex ?? row.has_index ?? undefined) === reading.hasIndex &&
    (row.hasRules ?? row.has_rules ?? false) === reading.hasRules &&
    (row.hasTriggers ?? row.has_triggers ?? false) === reading.hasTriggers &&
    (row.rowSecurity ?? row.row_security ?? false) === reading.rowSecurity &&
    (row.rowEstimate ?? row.row_estimate ?? null) === reading.rowEstimate &&
    (row.definition ?? null) === reading.definition &&
    (reading.columns === undefined
      ? (row.columns ?? undefined) === undefined
      : sameColumns(row.columns, reading.columns))
  );
}

/** The keys, indexes and checks of a row; undefined when it has none. */
export function constraintParts(row: unknown): readonly unknown[] | undefined {
  if (!isRow<PartField>(row)) return undefined;
  const primaryKey = row.primaryKey ?? row.primary_key;
  const foreignKeys = row.foreignKeys ?? row.foreign_keys;
  const { unique, indexes, checks } = row;
  const none = (primaryKey ?? unique ?? foreignKeys ?? indexes ?? checks ?? undefined) === undefined;
  return none ? undefined : [primaryKey, unique, foreignKeys, indexes, checks];
}
