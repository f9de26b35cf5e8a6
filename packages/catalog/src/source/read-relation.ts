import type { RelationContent } from '../database-content.js';
import { unknownRelationKind } from '../errors/source-errors.js';
import type { ColumnDescription, RelationDescription } from './descriptions.js';
import { readColumn } from './read-column.js';
import { readCheck, readForeignKey, readIndex, readKey } from './read-constraints.js';
import { RowReader } from './row-reader.js';

/** A relation, with its columns when its row had them. */
export type RelationReading = Omit<RelationDescription, 'columns'> & {
  readonly columns: readonly ColumnDescription[] | undefined;
};

const kinds: ReadonlyMap<unknown, RelationContent['kind']> = new Map([
  [undefined, 'table'],
  ['table', 'table'],
  ['view', 'view'],
  ['materialized_view', 'materializedView'],
  ['matview', 'materializedView'],
]);

const primaryKeyField = { name: 'primaryKey', expected: 'a list of names or an object' };
const uniqueField = { name: 'unique', expected: 'made of lists of names or objects' };

/** What kind of relation a row's field says; undefined: none that there is. */
export function relationKind(kind: unknown): RelationContent['kind'] | undefined {
  return kinds.get(kind ?? undefined);
}

/** Reads a row of `relations()`. */
export function readRelation(row: unknown): RelationReading {
  const reader = new RowReader(row, 'relations');
  const columns = reader.value('columns') === undefined ? undefined : reader.list('columns', readColumn);
  return {
    oid: reader.oid('oid'),
    typeOid: reader.oid('reltypeOid'),
    arrayOid: reader.optionalOid('arrayOid'),
    name: reader.text('name'),
    ...readRelationDetails(reader, 'relations'),
    columns,
  };
}

/** Reads what a relation may have besides its name and columns. */
export function readRelationDetails(
  reader: RowReader,
  method: string,
): Omit<RelationDescription, 'oid' | 'typeOid' | 'arrayOid' | 'name' | 'columns'> {
  const kind = relationKind(reader.value('kind'));
  if (kind === undefined) throw unknownRelationKind(reader.value('kind'));
  const primaryKey = reader.value('primaryKey');
  return {
    kind,
    owner: reader.optionalOid('ownerOid') ?? null,
    comment: reader.optionalText('comment') ?? null,
    hasIndex: reader.optionalFlag('hasIndex'),
    hasRules: reader.optionalFlag('hasRules') ?? false,
    hasTriggers: reader.optionalFlag('hasTriggers') ?? false,
    rowSecurity: reader.optionalFlag('rowSecurity') ?? false,
    rowEstimate: reader.optionalFloat4('rowEstimate') ?? null,
    definition: reader.optionalText('definition') ?? null,
    primaryKey: primaryKey === undefined ? undefined : readKey(primaryKey, method, primaryKeyField),
    unique: reader.list('unique', (key) => readKey(key, method, uniqueField)),
    foreignKeys: reader.list('foreignKeys', (key) => readForeignKey(key, method)),
    indexes: reader.list('indexes', (index) => readIndex(index, method)),
    checks: reader.list('checks', (check) => readCheck(check, method)),
  };
}
