import { unknownName } from '../errors.js';
import type { RelationDescription, SchemaDescription } from './descriptions.js';

/** A relation whose OIDs are settled, so that others can refer to it. */
export interface SettledRelation {
  readonly schema: SettledSchema;
  readonly oid: number;
  readonly typeOid: number;
  readonly description: RelationDescription;
  /** Numbers of columns by name, from 1. */
  readonly columnNumbers: ReadonlyMap<string, number>;
}

/** A schema whose OID is settled. */
export interface SettledSchema {
  readonly oid: number;
  readonly description: SchemaDescription;
}

/** @throws PgError when the relation has no such column. */
export function columnNumber({ columnNumbers, description }: SettledRelation, column: string, where: string): number {
  const number = columnNumbers.get(column);
  if (number === undefined) throw unknownName('column', column, `${where} of relation "${description.name}"`);
  return number;
}
