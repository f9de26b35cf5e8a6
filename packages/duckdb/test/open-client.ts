import type { ParameterValue, QueryResult, Session, TransactionCommand } from '@riffq/server';
import { type Data, DataType, type RecordBatch, type Schema, Vector } from 'apache-arrow';
import type { ArrowSource, DuckDBConnection, DuckDBDatabase } from '../src/index.js';

/** One answer: rows with their schema, or a command tag alone. */
export interface ClientAnswer {
  readonly schema: Schema | null;
  readonly batches: AsyncIterator<RecordBatch, undefined> | null;
  /** The tag for so many rows. */
  tag(count: number): string;
}

export interface QueryOptions {
  readonly args?: readonly ParameterValue[];
  readonly types?: readonly number[];
  readonly signal?: AbortSignal;
}

/** What a server would do with one client's connection object, without a wire between. */
export class TestClient implements AsyncDisposable {
  readonly connection: DuckDBConnection;

  constructor(database: DuckDBDatabase) {
    const context = { executor: { run: () => Promise.reject(new Error('nothing runs there')) }, session };
    this.connection = new database.connectionClass(1, context);
  }

  async query(sql: string, { args = [], types = args.map(() => 0), signal = never() }: QueryOptions = {}) {
    const result = await this.connection.handleQuery(sql, () => {}, {
      args,
      encodedArgs: { values: [], formats: [] },
      resultFormats: [],
      maxRows: 0,
      parameterTypes: types,
      describe: false,
      protocol: args.length > 0 ? 'extended' : 'simple',
      session,
      signal,
    });
    return readAnswer(result);
  }

  describe(sql: string, types: readonly number[] = []) {
    return this.connection.handleDescribe(sql, { parameterTypes: types, session, signal: never() });
  }

  transaction(command: TransactionCommand, signal = never()) {
    return this.connection.handleTransaction(command, { parameterTypes: [], session, signal });
  }

  copyIn(table: string, stream: ArrowSource, signal = never()) {
    const target = { sql: `COPY ${table} FROM STDIN`, table: [table], columns: null, format: 'text' } as const;
    return this.connection.handleCopyIn(target, stream, { parameterTypes: [], session, signal });
  }

  begin(options: { readonly readOnly?: boolean; readonly isolationLevel?: string } = {}) {
    return this.transaction({ kind: 'begin', implicit: false, sql: 'BEGIN', ...options });
  }

  commit({ chain = false } = {}) {
    return this.transaction({ kind: 'commit', chain, implicit: false, sql: 'COMMIT' });
  }

  rollback({ chain = false } = {}) {
    return this.transaction({ kind: 'rollback', chain, implicit: false, sql: 'ROLLBACK' });
  }

  /** All rows of a statement, each as its values in Arrow's JavaScript form. */
  async rows(sql: string, options?: QueryOptions): Promise<unknown[][]> {
    return (await this.batches(sql, options)).flatMap(batchRows);
  }

  async batches(sql: string, options?: QueryOptions): Promise<RecordBatch[]> {
    return readAll((await this.query(sql, options)).batches);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.connection[Symbol.asyncDispose]();
  }
}

export async function readAll(batches: AsyncIterator<RecordBatch, undefined> | null): Promise<RecordBatch[]> {
  const all: RecordBatch[] = [];
  if (batches === null) return all;
  for (let next = await batches.next(); !next.done; next = await batches.next()) all.push(next.value);
  return all;
}

export function batchRows(batch: RecordBatch): unknown[][] {
  return Array.from({ length: batch.numRows }, (_, row) =>
    batch.data.children.map((column, index) => storedValue(column, row, batch.getChildAt(index))),
  );
}

/** Counts since an epoch and unscaled decimals as integers, for apache-arrow's own reading rounds them. */
function storedValue(column: Data, row: number, vector: Vector | null): unknown {
  if (!column.getValid(row)) return null;
  if (DataType.isTimestamp(column.type) || DataType.isTime(column.type) || DataType.isDate(column.type)) {
    return column.values[row];
  }
  if (DataType.isDecimal(column.type)) {
    const words = column.type.bitWidth / 32;
    let value = 0n;
    for (let word = words - 1; word >= 0; word -= 1) value = (value << 32n) | BigInt(column.values[row * words + word]);
    return BigInt.asIntN(column.type.bitWidth, value);
  }
  if (DataType.isList(column.type)) {
    const [elements] = column.children;
    const { [row]: start = 0, [row + 1]: end = 0 }: Int32Array = column.valueOffsets;
    return Array.from({ length: end - start }, (_, at) =>
      elements === undefined ? null : storedValue(elements, start + at, new Vector([elements])),
    );
  }
  return vector?.get(row);
}

export function never(): AbortSignal {
  return new AbortController().signal;
}

function readAnswer(result: QueryResult): ClientAnswer {
  if (!('content' in result)) throw new Error('not an answer with a tag');
  const { content } = result;
  if (content.kind === 'tag') return { schema: null, batches: null, tag: () => content.tag };
  if (content.kind !== 'rows' || !('batches' in content.rows)) throw new Error('not an Arrow stream');
  const { schema, batches } = content.rows;
  if (!(Symbol.asyncIterator in batches)) throw new Error('not a stream');
  const { tag } = content;
  return {
    schema,
    batches: batches[Symbol.asyncIterator](),
    tag: typeof tag === 'string' ? () => tag : tag,
  };
}

const session: Session = {
  connectionId: 1,
  processId: 1,
  user: 'tester',
  database: 'test',
  applicationName: '',
  remoteAddress: '127.0.0.1',
  remotePort: 0,
  serverName: null,
  encrypted: false,
  peerCertificate: null,
  startupParameters: new Map(),
  settings: new Map(),
  transactionStatus: 'I',
  signal: new AbortController().signal,
  notice: () => {},
  reportParameter: () => {},
  notify: () => {},
  setTransactionStatus: () => {},
  drain: async () => {},
  close: () => {},
};
