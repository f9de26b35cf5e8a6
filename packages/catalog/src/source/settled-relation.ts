import { unknownName } from '../errors/source-errors.js';
import type { RelationDescription, SchemaDescription } from './descriptions.js';

/** A relation whose OIDs are settled, so that others can refer to it. */
export interface SettledRelation {
  readonly schema: SettledSchema;
  readonly oid: number;
  readonly typeOid: number;
  readonly arrayOid: number;
  readonly description: RelationDescription;
}

/** A schema whose OID is settled. */
export interface SettledSchema {
  readonly oid: number;
  readonly description: SchemaDescription;
}

/** The number of a column, from 1. @throws PgError when the relation has no such column. */
export function columnNumber({ description }: SettledRelation, column: string, where: string): number {
  const at = description.columns.findIndex(({ name }) => name === column);
  if (at === -1) throw unknownName('column', column, `${where} of relation "${description.name}"`);
  return at + 1;
}
