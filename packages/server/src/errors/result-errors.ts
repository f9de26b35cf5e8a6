import { PgError, sqlstate } from '@riffq/wire';
import { describeKind } from '../results/describe-kind.js';

/** A handler ended without answering. */
export function noAnswer(): PgError {
  return new PgError({
    sqlstate: sqlstate.internal_error,
    message: 'handleQuery finished without an answer',
    hint: 'Return a result from handleQuery, or call the callback.',
  });
}

/** Rows without a single column cannot be described. */
export function noColumns(): PgError {
  return new PgError({
    sqlstate: sqlstate.internal_error,
    message: 'the result has no columns',
    hint: 'Answer with toArrow(schema, []) or { schema, batches } when there are no rows.',
  });
}

/** A handler answered with something that is no result. */
export function unusableResult(kind: string): PgError {
  return new PgError({
    sqlstate: sqlstate.internal_error,
    message: `handleQuery answered with ${kind}, which is not a result`,
    hint: 'Answer with Arrow data, rows of plain objects, [schema, rows], tag(...), rows(...), encodedRows(...) or COPY data.',
  });
}

/**
 * Without types a host may answer anything for the number of rows that it took.
 *
 * @throws PgError XX000 for what is no such number
 */
export function requireRowCount(who: string, count: unknown): void {
  if (typeof count === 'bigint' ? count >= 0n : Number.isInteger(count) && Number(count) >= 0) return;
  const found = typeof count === 'number' || typeof count === 'bigint' ? String(count) : describeKind(count);
  throw new PgError({
    sqlstate: sqlstate.internal_error,
    message: `${who} answered with ${found}, which is not a number of rows`,
    hint: 'Answer how many rows were taken: a whole number that is not negative.',
  });
}

/** COPY data come as bytes. */
export function unusableCopyData(kind: string): PgError {
  return new PgError({
    sqlstate: sqlstate.internal_error,
    message: `the data of copyOut have ${kind} among them, which is not a Uint8Array`,
    hint: 'Give bytes: of text, those of its UTF-8, as new TextEncoder().encode(text) makes them.',
  });
}

/** Bytes that are no Arrow IPC data, or not all of them. */
export function brokenIpc(detail: string, cause: unknown): PgError {
  return new PgError({
    sqlstate: sqlstate.internal_error,
    message: 'the Arrow IPC data are cut short or damaged',
    detail,
    hint: 'Answer with all bytes of an IPC stream or file.',
    cause,
  });
}

/** Data that apache-arrow cannot read without a codec: `lz4` or `zstd`, as far as that is known. */
export function compressedIpc(codec: string | undefined, cause: unknown): PgError {
  const compressed = codec === undefined ? 'compressed' : `compressed with ${codec}`;
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `the Arrow IPC data are ${compressed}, and there is no codec to read them`,
    hint: `Write them without compression, or give the apache-arrow that your program imports a codec: compressionRegistry.set(CompressionType.${codec === 'lz4' ? 'LZ4_FRAME' : 'ZSTD'}, { decode }).`,
    cause,
  });
}

/** Data of a type that apache-arrow does not read, in the field of that name if it is known. */
export function unreadIpcType(type: string, field: string | undefined, cause: unknown): PgError {
  const column = field === undefined ? 'a field' : `field "${field}"`;
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `${column} of the Arrow IPC data is of type ${type}, which is not supported`,
    hint: type === 'RunEndEncoded' ? 'Write its values without run-end encoding.' : 'Write it as a List.',
    cause,
  });
}

export function cannotDescribe(): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: 'cannot describe a statement that may write without running it',
    hint: 'implement handleDescribe',
  });
}

/**
 * A statement would give other columns than its client was told, or has given them. Drivers that find PostgreSQL's routine in
 * the error prepare the statement anew and run it again: what may have written has none.
 */
export function changedResultType(mayHaveWritten: boolean): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: 'cached plan must not change result type',
    ...(mayHaveWritten ? { detail: 'The statement has been run.' } : { routine: 'RevalidateCachedQuery' }),
  });
}
