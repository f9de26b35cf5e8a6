import { defaultTextSettings } from '@riffq/arrow-helpers';
import { isPgError, typeOid } from '@riffq/wire';
import { decodeParameter } from '../../src/parameters/decode-parameter.js';
import type { ParameterValue } from '../../src/query-context.js';
import type { OracleError } from './parameter-oracle.js';

/** The value that a parameter becomes, or the error that its client gets, to be compared with the oracle's. */
export function readParameter(
  type: string,
  value: string | Uint8Array,
  settings = defaultTextSettings,
): ParameterValue | { readonly error: OracleError } {
  const isText = typeof value === 'string';
  try {
    return decodeParameter(isText ? Buffer.from(value) : value, isText ? 'text' : 'binary', oidOf(type), 1, settings);
  } catch (error) {
    if (!isPgError(error)) throw error;
    const { sqlstate = '', message, detail, hint, where } = error.fields;
    return { error: { sqlstate, message, detail, hint, where } };
  }
}

/** The OID of a type by what it is called in pg_type or SQL. */
export function oidOf(type: string): number {
  const name = type.endsWith('[]') ? `_${type.slice(0, -2).replaceAll('"', '')}` : type.replaceAll('"', '');
  const oid = Object.entries(typeOid).find(([known]) => known === name)?.[1];
  if (oid === undefined) throw new Error(`no type ${type}`);
  return oid;
}
