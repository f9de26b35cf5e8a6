import type { DuckDBPreparedStatement, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { DuckDBArrayValue, DuckDBListValue } from '@duckdb/node-api';
import type { ParameterValue } from '@riffq/server';
import type { NativeConnection } from '../connection/native-connection.js';
import type { PreparedStatement } from '../statement/prepare-statement.js';
import { invalidParameter, noParameter, wrongParameterCount } from './parameter-error.js';
import { type DuckDBParameter, parameterValue } from './parameter-value.js';

/** A value for DuckDB's parameter of this index. */
export interface Binding {
  readonly index: number;
  readonly value: DuckDBValue;
  /** Undefined for NULL, which takes the type that is wanted. */
  readonly type: DuckDBType | undefined;
}

type Unbound = DuckDBParameter & { readonly index: number; readonly number: number };

/**
 * Makes the client's parameters into DuckDB's. What DuckDB has to parse itself (dates, intervals, arrays ...) is cast on
 * its own before, so that an error can name the parameter.
 *
 * @throws PgError 08P01 when their number is wrong, 22P02, 22007 or 22003 when a text is no value of its type
 */
export async function makeBindings(
  connection: NativeConnection,
  statement: PreparedStatement,
  args: readonly ParameterValue[],
  signal?: AbortSignal,
): Promise<readonly Binding[]> {
  const { parameterTypes, parameters } = statement;
  if (args.length !== parameterTypes.length) throw wrongParameterCount(args.length, parameterTypes.length);
  const bindings: Binding[] = [];
  const unbound: Unbound[] = [];
  for (const [position, arg] of args.entries()) {
    const number = position + 1;
    // Without `$n` the parameters are `?`, counted by DuckDB.
    const index = parameters.numbers.length === 0 ? number : parameters.index(number);
    if (index === 0) continue;
    if (arg === null) {
      bindings.push({ index, value: null, type: undefined });
      continue;
    }
    const parameter = parameterValue(arg, parameterTypes[position] ?? 0, number);
    if (parameter.cast === undefined) bindings.push({ index, ...parameter });
    else unbound.push({ index, number, ...parameter });
  }
  if (unbound.length > 0) bindings.push(...(await castParameters(connection, unbound, parameterTypes, signal)));
  return bindings;
}

/**
 * Makes sure that a statement of the simple protocol, which has no values, has no parameters.
 *
 * @throws PgError 42P02
 */
export function requireNoParameters({ parameters, text }: PreparedStatement): void {
  const first = parameters.first;
  if (first !== undefined) throw noParameter(first.number, text.originalPosition(first.start));
}

/** Binds the values to a statement of the same parameters. */
export function bind(native: DuckDBPreparedStatement, bindings: readonly Binding[]): void {
  for (const { index, value, type } of bindings) {
    if (type === undefined) native.bindNull(index);
    else native.bindValue(index, value, type);
  }
}

async function castParameters(
  connection: NativeConnection,
  unbound: readonly Unbound[],
  parameterTypes: readonly number[],
  signal: AbortSignal | undefined,
): Promise<readonly Binding[]> {
  const casts = unbound.map(({ cast }, position) => `TRY_CAST($${position + 1} AS ${cast})`);
  const values = unbound.map(({ value }) => value);
  const types = unbound.map(({ type }) => type);
  const chunk = await connection.call(
    async (native) => {
      const result = await native.run(`SELECT ${casts.join()}`, values, types);
      return result.fetchChunk();
    },
    { signal },
  );
  return unbound.map(({ index, number, value }, position) => {
    const vector = chunk?.getColumnVector(position);
    const made = vector?.getItem(0) ?? null;
    if (vector === undefined || lostValue(value, made)) {
      throw invalidParameter(number, parameterTypes[number - 1] ?? 0, String(value));
    }
    return { index, value: made, type: vector.type };
  });
}

/** TRY_CAST makes NULL of what is no value, also of an element in a list. */
function lostValue(given: DuckDBValue, made: DuckDBValue): boolean {
  if (given !== null && made === null) return true;
  if (!(given instanceof DuckDBListValue)) return false;
  if (!(made instanceof DuckDBListValue || made instanceof DuckDBArrayValue)) return false;
  return given.items.some((item, position) => lostValue(item, made.items[position] ?? null));
}
