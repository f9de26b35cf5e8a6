import type { DuckDBPreparedStatement } from '@duckdb/node-api';
import { typeOid } from '@riffq/wire';
import type { NativeConnection } from '../connection/native-connection.js';
import {
  type DeclaredParameters,
  duckdbOids,
  parameterCasts,
  type TypedCast,
  writtenCasts,
} from '../parameters/parameter-casts.js';
import { hidesColumns, prepareText } from './prepare-text.js';
import { StatementParameters } from './statement-parameters.js';
import type { StatementText } from './statement-text.js';

/** A statement that DuckDB has accepted, its parameters typed as far as that is possible without their values. */
export interface PreparedStatement {
  /** Whoever prepared it destroys it. */
  readonly native: DuckDBPreparedStatement;
  readonly text: StatementText;
  readonly parameters: StatementParameters;
  /** The types that were put around parameters, by their numbers. */
  readonly casts: ReadonlyMap<number, string>;
  /** Type OIDs by position: the client's where it declared one, else DuckDB's, else text. */
  readonly parameterTypes: readonly number[];
}

/**
 * Prepares a statement. A parameter whose type DuckDB cannot see (`select $1`, `a + $1`) hides all columns, so it gets a
 * cast to the type that the client declared, or to one that is found by trying.
 *
 * @throws PgError what DuckDB says of the statement
 */
export async function prepareStatement(
  connection: NativeConnection,
  sql: string,
  declared: DeclaredParameters,
  signal?: AbortSignal,
): Promise<PreparedStatement> {
  const parameters = new StatementParameters(sql);
  const asIs = await prepareText(connection, parameters.text(), signal);
  const resolved = duckdbOids(asIs, parameters);
  const unresolved = parameters.numbers.filter((number) => !resolved.has(number));
  if (unresolved.length === 0) return prepared(asIs, parameters, new Map(), resolved, declared);

  const written = await writtenCasts(connection, parameters, unresolved, signal);
  if (!hidesColumns(asIs)) {
    return prepared(asIs, parameters, new Map(), new Map([...resolved, ...oids(written)]), declared);
  }
  asIs.destroySync();
  const casts = await parameterCasts(connection, parameters, unresolved, written, declared, signal);
  const types = new Map(Array.from(casts, ([number, { type }]) => [number, type]));
  const native = await prepareText(connection, parameters.text(types), signal);
  return prepared(native, parameters, types, new Map([...duckdbOids(native, parameters), ...oids(casts)]), declared);
}

function prepared(
  native: DuckDBPreparedStatement,
  parameters: StatementParameters,
  casts: ReadonlyMap<number, string>,
  found: ReadonlyMap<number, number>,
  declared: DeclaredParameters,
): PreparedStatement {
  // `?` is a parameter for DuckDB, and no `$n`.
  const count = Math.max(parameters.numbers.at(-1) ?? native.parameterCount, declared.types.length);
  const parameterTypes = Array.from(
    { length: count },
    (_, position) => declared.types[position] || (found.get(position + 1) ?? typeOid.text),
  );
  return { native, text: parameters.text(casts), parameters, casts, parameterTypes };
}

function oids(casts: ReadonlyMap<number, TypedCast>): ReadonlyMap<number, number> {
  return new Map(Array.from(casts, ([number, { oid }]) => [number, oid]));
}
