import { elementTypeOid, PgError, sqlstate } from '@riffq/wire';
import { declaredModifier, declaredType, type TypedField } from './field-metadata.js';
import type { PostgresType } from './postgres-type-name.js';
import { takesModifier } from './type-modifier/fit-text.js';

/**
 * The type that a field's metadata asks for: one that it names, or a modifier of the type that the field is by itself.
 *
 * @param ownOid - of that type, if there is one
 * @throws PgError 22023 for a modifier that the type does not take, and what `declaredType` throws
 */
export function wantedType(field: TypedField, ownOid: number | undefined): PostgresType | undefined {
  const declared = declaredType(field);
  if (declared !== undefined) return declared;
  const typeModifier = declaredModifier(field);
  if (ownOid === undefined || typeModifier < 0) return undefined;
  if (takesModifier(elementTypeOid(ownOid) ?? ownOid)) return { typeOid: ownOid, typeModifier };
  throw new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `PG:typmod of column "${field.name}" is ${typeModifier}, but the type of the column has no modifier`,
    detail: `It is sent as the type with OID ${ownOid}.`,
    hint: 'Give PG:oid or PG:type beside it.',
  });
}
