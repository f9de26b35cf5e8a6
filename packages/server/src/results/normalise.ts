import { batchSchema, type SchemaDescription, toArrow } from '@riffq/arrow-helpers';
import type { RecordBatch, RecordBatchReader, Schema, Table } from 'apache-arrow';
import { type Awaitable, andThen } from '../awaitable.js';
import { noColumns, unusableResult } from '../errors/result-errors.js';
import type { Interrupt } from '../interrupt.js';
import { Answer, type CommandTag, type CopyIn, type CopyOut, type EncodedRows } from '../query-result.js';
import { ArrowRows } from './arrow-rows.js';
import { copyDataStream } from './copy-data-stream.js';
import { describeKind } from './describe-kind.js';
import { disownRows } from './disown-rows.js';
import { encodedRowStream } from './encoded-rows.js';
import { type BatchReader, explainedReader } from './explained-reader.js';
import { isIterable, openIterator } from './open-iterator.js';
import type { ItemSource } from './pulled-source.js';
import type { Format, RowStream } from './row-stream.js';
import { checkedTag, selectTag, tagFunction } from './tag-function.js';

/** What a handler's answer is, once its form is forgotten. */
export type Outcome = RowsOutcome | { readonly kind: 'tag'; readonly tag: string } | CopyOutcome;

/** Rows, and perhaps others of the same statement behind them. */
export interface RowsOutcome {
  readonly kind: 'rows';
  readonly rows: RowStream;
  /** The format of a simple query's rows, where it is not text. */
  readonly simpleFormat?: Format;
  further?(): Promise<RowsOutcome | undefined>;
}

/** COPY data that are still to go over the connection. */
export type CopyOutcome =
  | { readonly kind: 'copyOut'; readonly copy: CopyOut; readonly rows: RowStream }
  | { readonly kind: 'copyIn'; readonly copy: CopyIn };

/**
 * Brings any answer into one form. Arrow objects are known by their shape, never by their class: they may come from
 * another copy of apache-arrow. Rejects with the signal's reason when that aborts before the columns are known.
 */
export function normaliseResult(result: unknown, interrupt: Interrupt): Awaitable<Outcome> {
  if (!(result instanceof Answer)) return andThen(normaliseRows(result, selectTag, interrupt), rowsOutcome);
  const { content } = result;
  if (content.kind === 'tag') return { kind: 'tag', tag: checkedTag(content.tag) };
  if (content.kind === 'encodedRows') return encodedOutcome(content);
  if (content.kind === 'copyOut') return { kind: 'copyOut', copy: content, rows: copyDataStream(content) };
  if (content.kind === 'copyIn') return { kind: 'copyIn', copy: content };
  return andThen(normaliseRows(content.rows, content.tag, interrupt), rowsOutcome);
}

function encodedOutcome(content: EncodedRows): RowsOutcome {
  const rows = encodedRowStream(content);
  if (content.further === undefined) return { kind: 'rows', rows };
  const further = async (): Promise<RowsOutcome | undefined> => {
    const next = await content.further?.();
    return next && encodedOutcome(next);
  };
  return { kind: 'rows', rows, further };
}

const rowsOutcome = (rows: RowStream): Outcome => ({ kind: 'rows', rows });

function normaliseRows(result: unknown, commandTag: CommandTag, interrupt: Interrupt): Awaitable<RowStream> {
  const tag = tagFunction(commandTag);
  if (typeof result !== 'object' || result === null) throw unusableResult(describeKind(result));
  if (result instanceof Uint8Array) return fromIpc(result, tag, interrupt);
  if (Array.isArray(result)) return fromArray(result, tag, interrupt);
  if (hasBatches(result)) return new ArrowRows(result.schema, sourceOf(result.batches), tag);
  if (isBatch(result)) return new ArrowRows(batchSchema(result), [result][Symbol.iterator](), tag);
  if (isReader(result)) return fromReader(explainedReader(result), tag, interrupt);
  if (isIterable(result)) return fromBatches(result, tag, interrupt);
  throw unusableResult(describeKind(result));
}

type TagFunction = (count: number) => string;

function fromArray(result: readonly unknown[], tag: TagFunction, interrupt: Interrupt): Awaitable<RowStream> {
  try {
    return fromItems(result, tag, interrupt);
  } catch (error) {
    disownRows(result);
    throw error;
  }
}

function fromItems(result: readonly unknown[], tag: TagFunction, interrupt: Interrupt): Awaitable<RowStream> {
  const [first, second] = result;
  if (result.length === 0) throw noColumns();
  if (isBatch(first)) return fromBatches(result, tag, interrupt);
  if (isSchemaAndRows(result)) return fromTable(toArrow(result[0], result[1]), tag);
  if (result.every(isPlainObject)) {
    if (result.every((object) => Object.keys(object).length === 0)) throw noColumns();
    return fromTable(toArrow(result), tag);
  }
  throw unusableResult(`an array that begins with ${describeKind(first)}, ${describeKind(second)}`);
}

function fromTable(table: Table, tag: TagFunction): RowStream {
  return new ArrowRows(table.schema, sourceOf(table.batches), tag);
}

/** Most programs give no bytes: the reader of them is a third of apache-arrow. */
async function fromIpc(bytes: Uint8Array, tag: TagFunction, interrupt: Interrupt): Promise<RowStream> {
  const { ipcReader } = await interrupt.race(import('./ipc-reader.js'));
  return fromReader(ipcReader(bytes), tag, interrupt);
}

async function fromReader(reader: BatchReader, tag: TagFunction, interrupt: Interrupt): Promise<RowStream> {
  await releasing(reader, Promise.resolve(reader.open()), interrupt);
  // A reader of something else than Arrow finds no schema.
  if (reader.schema === undefined) throw unusableResult('bytes or a reader without an Arrow schema');
  return new ArrowRows(reader.schema, reader, tag);
}

async function fromBatches(
  batches: Iterable<unknown> | AsyncIterable<unknown>,
  tag: TagFunction,
  interrupt: Interrupt,
): Promise<RowStream> {
  const source = sourceOf(batches);
  const first = await releasing(source, Promise.resolve(source.next()), interrupt);
  if (first.done) throw noColumns();
  return new ArrowRows(first.value.schema, beginningWith(first, source), tag);
}

/** A source that gives again what was read of it to learn its columns. */
function beginningWith<T>(first: IteratorResult<T, unknown>, source: ItemSource<T>): ItemSource<T> {
  let unread: IteratorResult<T, unknown> | undefined = first;
  return {
    next() {
      const next = unread ?? source.next();
      unread = undefined;
      return next;
    },
    return: () => source.return?.(),
  };
}

/** Waits for what a source has to say first; if nobody will read on, it is closed. */
async function releasing<T>(source: { return?(): unknown }, first: Promise<T>, interrupt: Interrupt): Promise<T> {
  try {
    return await interrupt.race(first);
  } catch (error) {
    Promise.resolve(source.return?.()).catch(() => {});
    throw error;
  }
}

/** Checks what comes by, because it is the host's promise that it is record batches. */
function sourceOf(batches: Iterable<unknown> | AsyncIterable<unknown>): ItemSource<RecordBatch> {
  const iterator = openIterator(batches);
  return {
    next() {
      const next = iterator.next();
      return 'then' in next ? next.then(checked) : checked(next);
    },
    return: () => iterator.return?.(),
  };
}

function checked(result: IteratorResult<unknown, unknown>): IteratorResult<RecordBatch, unknown> {
  if (result.done) return { done: true, value: undefined };
  if (!isBatch(result.value)) throw unusableResult(`an iterable of ${describeKind(result.value)}`);
  return { done: false, value: result.value };
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && 'fields' in value && Array.isArray(value.fields);
}

export function isBatch(value: unknown): value is RecordBatch {
  return (
    typeof value === 'object' &&
    value !== null &&
    'schema' in value &&
    isSchema(value.schema) &&
    'data' in value &&
    typeof value.data === 'object' &&
    !Array.isArray(value.data) &&
    'numRows' in value
  );
}

function isReader(value: object): value is RecordBatchReader {
  return 'open' in value && typeof value.open === 'function' && 'next' in value && 'schema' in value;
}

function hasBatches(value: object): value is { schema: Schema; batches: Iterable<unknown> | AsyncIterable<unknown> } {
  return (
    'schema' in value &&
    isSchema(value.schema) &&
    'batches' in value &&
    typeof value.batches === 'object' &&
    value.batches !== null
  );
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSchemaAndRows(
  value: readonly unknown[],
): value is readonly [SchemaDescription, Iterable<readonly unknown[]>] {
  const [schema, rows] = value;
  return (
    value.length === 2 &&
    Array.isArray(schema) &&
    schema.every((column) => isPlainObject(column) && 'name' in column && 'type' in column) &&
    typeof rows === 'object' &&
    rows !== null &&
    Symbol.iterator in rows
  );
}
