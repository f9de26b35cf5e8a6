import { type DuckDBPreparedStatement, DuckDBTypeId } from '@duckdb/node-api';
import type { ParameterValue } from '@riffq/server';
import type { NativeConnection } from '../connection/native-connection.js';
import { prepareText } from '../statement/prepare-text.js';
import type { StatementParameters } from '../statement/statement-parameters.js';
import { StatementText } from '../statement/statement-text.js';
import { arrayDepth, parseArrayLiteral } from './array-literal.js';
import { decimalValue } from './decimal-value.js';
import { duckdbTypeName, parameterOid, typeOidOf } from './parameter-type.js';
import { probeParameterTypes } from './probe-parameter-types.js';

/** What the client says of its parameters. */
export interface DeclaredParameters {
  /** Type OIDs by position, 0 where it does not say. */
  readonly types: readonly number[];
  /** The values, where they are known already. */
  readonly args?: readonly ParameterValue[];
}

/** A type in DuckDB's SQL, and what the client is told of it. */
export interface TypedCast {
  readonly type: string;
  readonly oid: number;
}

/** The OIDs of the parameters whose types DuckDB knows, by their numbers. */
export function duckdbOids(
  native: DuckDBPreparedStatement,
  parameters: StatementParameters,
): ReadonlyMap<number, number> {
  const oids = new Map<number, number>();
  for (const number of parameters.numbers) {
    const index = parameters.index(number);
    if (native.parameterTypeId(index) !== DuckDBTypeId.INVALID) {
      oids.set(number, parameterOid(native.parameterType(index)));
    }
  }
  return oids;
}

/** The casts that the statement itself has around its parameters. */
export async function writtenCasts(
  connection: NativeConnection,
  parameters: StatementParameters,
  numbers: readonly number[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, TypedCast>> {
  const casts = new Map<number, TypedCast>();
  for (const number of numbers) {
    const type = parameters.writtenType(number);
    if (type === undefined) continue;
    const native = await prepareText(connection, new StatementText(`SELECT CAST(NULL AS ${type})`), signal);
    casts.set(number, { type, oid: parameterOid(native.columnType(0)) });
    native.destroySync();
  }
  return casts;
}

/** The casts for parameters that hide a statement's columns: the written ones, then what the client declared, then found ones. */
export async function parameterCasts(
  connection: NativeConnection,
  parameters: StatementParameters,
  numbers: readonly number[],
  written: ReadonlyMap<number, TypedCast>,
  declared: DeclaredParameters,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, TypedCast>> {
  const types = new Map<number, string>();
  for (const number of numbers) {
    const type = written.get(number)?.type ?? duckdbTypeName(declared.types[number - 1] ?? 0);
    if (type !== undefined) types.set(number, type);
  }
  const unknown = numbers.filter((number) => !types.has(number));
  await probeParameterTypes(connection, parameters, unknown, types, signal);
  return new Map(
    Array.from(types, ([number, type]) => [
      number,
      written.get(number) ?? { type: valueType(type, declared.args?.[number - 1]), oid: typeOidOf(type) },
    ]),
  );
}

/** A numeric keeps the digits that its value has, an array its dimensions, where the value is known. */
function valueType(type: string, arg: ParameterValue | undefined): string {
  if (type === 'DECIMAL(38,18)' && typeof arg === 'string') {
    const value = decimalValue(arg);
    return typeof value === 'object' ? `DECIMAL(${value.width},${value.scale})` : type;
  }
  if (!type.endsWith('[]')) return type;
  const array = typeof arg === 'string' ? parseArrayLiteral(arg) : arg;
  return Array.isArray(array) ? type + '[]'.repeat(arrayDepth(array) - 1) : type;
}
