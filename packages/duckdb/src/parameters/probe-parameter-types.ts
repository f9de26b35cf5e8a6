import type { DuckDBPreparedStatement } from '@duckdb/node-api';
import type { NativeConnection } from '../connection/native-connection.js';
import { hidesColumns, prepareText } from '../statement/prepare-text.js';
import type { StatementParameters } from '../statement/statement-parameters.js';
import type { StatementText } from '../statement/statement-text.js';
import { candidateTypes, sampleExpressions } from './sample-expression.js';

/** Narrow first: an integer and an integer are an integer. */
const preferredNumbers: readonly string[] = ['INTEGER', 'BIGINT', 'DECIMAL(38,18)', 'DOUBLE'];
/** For an operand whose type nothing shows: the number that loses least. */
const wideNumbers: readonly string[] = ['DECIMAL(38,18)', 'BIGINT', 'DOUBLE', 'INTEGER'];

/**
 * Finds types for the parameters that neither the client nor DuckDB has one for, by preparing the statement with one type
 * after the other. A parameter for which no type passes is left out.
 *
 * @param known - types that are settled; the found ones are added
 */
export async function probeParameterTypes(
  connection: NativeConnection,
  parameters: StatementParameters,
  unknown: readonly number[],
  known: Map<number, string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const columnTypes = (text: StatementText) => preparedColumnTypes(connection, text, signal);
  for (const number of unknown) {
    const type =
      (await probe((candidate) => columnTypes(parameters.withTypes(new Map([...known, [number, candidate]]))))) ??
      // Some arguments have to be constants: the digits of round(), for one.
      (await probe((candidate) =>
        columnTypes(parameters.withExpressions(sampleExpressions(new Map([...known, [number, candidate]])))),
      ));
    if (type !== undefined) known.set(number, type);
  }
}

/** @param columnTypes - the columns' types when the parameter is of this type, undefined when it cannot be */
async function probe(
  columnTypes: (candidate: string) => Promise<readonly string[] | undefined>,
): Promise<string | undefined> {
  const passing = new Map<string, readonly string[]>();
  for (const type of candidateTypes) {
    // The numbers are compared with each other; of the other types the first that passes is taken.
    if (passing.size > 0 && !wideNumbers.includes(type)) break;
    const types = await columnTypes(type);
    if (types === undefined) continue;
    if (type === 'VARCHAR') return type;
    passing.set(type, types);
  }
  return (
    preferredNumbers.find((type) => isClosed(type, passing)) ??
    wideNumbers.find((type) => passing.has(type)) ??
    [...passing.keys()][0]
  );
}

/**
 * An operand of unknown type has the type of the other operand: then the result has that type, too, and another one if
 * the parameter has another.
 */
function isClosed(type: string, passing: ReadonlyMap<string, readonly string[]>): boolean {
  const columnTypes = passing.get(type) ?? [];
  return columnTypes.some(
    (columnType, column) =>
      baseName(columnType) === baseName(type) &&
      [...passing.values()].some((others) => baseName(others[column] ?? '') !== baseName(type)),
  );
}

async function preparedColumnTypes(
  connection: NativeConnection,
  text: StatementText,
  signal: AbortSignal | undefined,
): Promise<readonly string[] | undefined> {
  let statement: DuckDBPreparedStatement;
  try {
    statement = await prepareText(connection, text, signal);
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
  try {
    if (hidesColumns(statement)) return undefined;
    return Array.from({ length: statement.columnCount }, (_, column) => String(statement.columnType(column)));
  } finally {
    statement.destroySync();
  }
}

function baseName(type: string): string {
  return type.replace(/\(.*/, '');
}
