import { elementTypeOid, PgError, sqlstate } from '@riffq/wire';
import { declaredModifier, declaredType, type TypedField } from './field-metadata.js';
import { isModifierOf, type PostgresType } from './postgres-type-name.js';

/** OIDs from here on are those of types that somebody has created, whose modifiers are theirs. */
export const FIRST_USER_OID = 16_384;

/**
 * The type that a field's metadata asks for: one that it names, or a modifier of the type that the field is by itself.
 *
 * @param ownOid - of that type, if there is one
 * @throws PgError 22023 for a modifier that the type does not take, and what `declaredType` throws
 */
export function wantedType(field: TypedField, ownOid: number | undefined): PostgresType | undefined {
  const declared = declaredType(field);
  const typeModifier = declared?.typeModifier ?? declaredModifier(field);
  const oid = declared?.typeOid ?? ownOid;
  if (oid === undefined || typeModifier < 0) return declared;
  if (oid >= FIRST_USER_OID || isModifierOf(elementTypeOid(oid) ?? oid, typeModifier))
    return { typeOid: oid, typeModifier };
  throw new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `PG:typmod of column "${field.name}" is ${typeModifier}, which is no modifier of the column's type`,
    detail: `It is sent as the type with OID ${oid}.`,
    hint: 'Give a modifier as pg_attribute.atttypmod has it, or PG:type, such as numeric(10,2).',
  });
}
