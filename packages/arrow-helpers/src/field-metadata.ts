import { PgError, sqlstate } from '@riffq/wire';
import type { Field } from 'apache-arrow';
import { type PostgresType, parsePostgresType } from './postgres-type-name.js';

/** A field as far as its encoding goes. */
export type TypedField = Pick<Field, 'name' | 'type' | 'metadata'>;

const LARGEST_OID = 0xffff_ffff;
const LARGEST_COLUMN_NUMBER = 0x7fff;

/**
 * The PostgreSQL type that a field's metadata asks for: `PG:type` (a name as SQL writes it), or `PG:oid`, and `PG:typmod`.
 *
 * @throws PgError 42704 for a name that PostgreSQL does not have, 22023 for a number that is none, and for two different types
 */
export function declaredType({ name, metadata }: TypedField): PostgresType | undefined {
  const written = metadata.get('PG:type');
  const typeModifier = numberOf(name, metadata, 'PG:typmod', -1, 0x7fff_ffff);
  const oid = numberOf(name, metadata, 'PG:oid', 1, LARGEST_OID);
  if (written === undefined) return oid === undefined ? undefined : { typeOid: oid, typeModifier: typeModifier ?? -1 };
  const type = parsePostgresType(written);
  if (type !== undefined && oid !== undefined && oid !== type.typeOid) {
    throw new PgError({
      sqlstate: sqlstate.invalid_parameter_value,
      message: `PG:type and PG:oid of column "${name}" are not the same type`,
      detail: `The type "${written}" has the OID ${type.typeOid}, and PG:oid is ${oid}.`,
      hint: 'Give one of them.',
    });
  }
  if (type !== undefined) return typeModifier === undefined ? type : { ...type, typeModifier };
  throw new PgError({
    sqlstate: sqlstate.undefined_object,
    message: `type "${written}" does not exist`,
    detail: `It is the PG:type of column "${name}".`,
    hint: 'Give a built-in type as SQL writes it, such as numeric(10,2); for others give PG:oid.',
  });
}

/** The modifier that a field's metadata has, -1 for none. */
export function declaredModifier({ name, metadata }: TypedField): number {
  return numberOf(name, metadata, 'PG:typmod', -1, 0x7fff_ffff) ?? -1;
}

/** Which column of which table a field is, for RowDescription: `PG:table_oid` and `PG:column_number`; 0 for none. */
export function tableColumn(field: TypedField): { readonly tableOid: number; readonly columnNumber: number } {
  const { name, metadata } = field;
  return {
    tableOid: numberOf(name, metadata, 'PG:table_oid', 0, LARGEST_OID) ?? 0,
    columnNumber: numberOf(name, metadata, 'PG:column_number', 0, LARGEST_COLUMN_NUMBER) ?? 0,
  };
}

function numberOf(
  column: string,
  metadata: TypedField['metadata'],
  key: string,
  least: number,
  most: number,
): number | undefined {
  const text = metadata.get(key);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^-?\d+$/.test(text) && value >= least && value <= most) return value;
  throw new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `${key} of column "${column}" is not a number from ${least} to ${most}: "${text}"`,
  });
}
