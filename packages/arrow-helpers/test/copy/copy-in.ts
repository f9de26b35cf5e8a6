import { isPgError } from '@riffq/wire';
import {
  Binary,
  BinaryView,
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Field,
  FixedSizeBinary,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  IntervalMonthDayNano,
  LargeList,
  List,
  type RecordBatch,
  Schema,
  TimeMicrosecond,
  TimestampMicrosecond,
  Utf8,
} from 'apache-arrow';
import { CopyDecoder } from '../../src/copy/copy-decoder.js';
import type { RawCopyOption } from '../../src/copy/options/copy-options.js';
import { resolveCopyOptions } from '../../src/copy/options/resolve-copy-options.js';
import type { InputSettings } from '../../src/input-settings.js';
import type { CopyOracle, OracleError } from './copy-oracle.js';
import { encodeCopy, writeCopyOptions } from './encode-copy.js';

/** PostgreSQL's types, and the Arrow types that hold their values. */
export const arrowTypes = {
  int2: new Int16(),
  int4: new Int32(),
  int8: new Int64(),
  float4: new Float32(),
  float8: new Float64(),
  'numeric(10,2)': new Decimal(2, 10, 128),
  'numeric(38,10)': new Decimal(10, 38, 128),
  bool: new Bool(),
  text: new Utf8(),
  bytea: new Binary(),
  date: new DateDay(),
  time: new TimeMicrosecond(),
  timestamp: new TimestampMicrosecond(),
  timestamptz: new TimestampMicrosecond('UTC'),
  interval: new IntervalMonthDayNano(),
  uuid: new FixedSizeBinary(16),
  'int4[]': new List(new Field('item', new Int32(), true)),
  'text[]': new LargeList(new Field('item', new Utf8(), true)),
  'bytea[]': new List(new Field('item', new BinaryView(), true)),
} as const satisfies Record<string, DataType>;

/** A type that both sides know. */
export type PostgresType = keyof typeof arrowTypes;

/** The columns of a table, by name. */
export type Columns = Readonly<Record<string, PostgresType>>;

/** What a COPY FROM STDIN came to: the rows as COPY TO writes them, or the error. */
export interface CopyInResult {
  readonly rows: readonly string[];
  readonly error: Omit<OracleError, 'position'> | undefined;
}

/** The schema that the decoder gets for the columns. */
export function schemaOf(columns: Columns): Schema {
  return new Schema(
    // The element's type is in binary arrays, and bytes need not be a uuid.
    Object.entries(columns).map(
      ([name, type]) => new Field(name, arrowTypes[type], true, new Map([['PG:type', type]])),
    ),
  );
}

/** Reads the chunks into a new table `t` of the real PostgreSQL. */
export async function copyIntoOracle(
  oracle: CopyOracle,
  columns: Columns,
  options: readonly RawCopyOption[],
  chunks: readonly Uint8Array[],
): Promise<CopyInResult> {
  const definitions = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
  await oracle.run(`DROP TABLE IF EXISTS t; CREATE TEMPORARY TABLE t (${definitions})`);
  const written = writeCopyOptions(options);
  const { error } = await oracle.run(`COPY t FROM STDIN ${written === '' ? '' : `WITH (${written})`}`, chunks);
  const { data } = await oracle.run('COPY t TO STDOUT');
  if (error === undefined) return { rows: data.map(String), error };
  const { sqlstate, message, where } = error;
  return { rows: [], error: { sqlstate, message, where } };
}

/** The batches of the chunks, up to the error if there is one. */
export function decodeBatches(
  schema: Schema,
  options: readonly RawCopyOption[],
  chunks: Iterable<Uint8Array>,
  batchRows?: number,
  settings?: InputSettings,
): { readonly batches: readonly RecordBatch[]; readonly error: CopyInResult['error'] } {
  const batches: RecordBatch[] = [];
  try {
    const decoder = new CopyDecoder(schema, resolveCopyOptions(options, 'from'), {
      table: 't',
      ...(batchRows === undefined ? {} : { batchRows }),
      ...(settings === undefined ? {} : { settings }),
    });
    for (const chunk of chunks) for (const batch of decoder.push(chunk)) batches.push(batch);
    for (const batch of decoder.end()) batches.push(batch);
  } catch (error) {
    if (!isPgError(error)) throw error;
    return { batches, error: { sqlstate: error.sqlstate, message: error.message, where: error.fields.where } };
  }
  return { batches, error: undefined };
}

/** Reads the chunks with the decoder. */
export function copyIntoArrow(
  columns: Columns,
  options: readonly RawCopyOption[],
  chunks: readonly Uint8Array[],
  batchRows?: number,
  settings?: InputSettings,
): CopyInResult {
  const { batches, error } = decodeBatches(schemaOf(columns), options, chunks, batchRows, settings);
  if (error !== undefined) return { rows: [], error };
  return { rows: batches.length === 0 ? [] : encodeCopy(batches, resolveCopyOptions([], 'to')).map(String), error };
}
