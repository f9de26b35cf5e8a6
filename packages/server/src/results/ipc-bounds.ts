/**
 * Looks through the flatbuffers of Arrow's IPC data (https://github.com/apache/arrow/tree/main/format) before apache-arrow goes by what they
 * say: it takes any number for a length, and holds everybody up for as many turns of a loop.
 */
import { requireLayout, type TableLayout } from './flatbuffer-layout.js';
import { FlatbufferTable } from './flatbuffer-table.js';

const CHARACTER_BYTES = 1;
const keyValue: TableLayout = { vectors: { 0: CHARACTER_BYTES, 1: CHARACTER_BYTES } };
const timestamp: TableLayout = { vectors: { 1: CHARACTER_BYTES } };
const union: TableLayout = { vectors: { 1: 4 } };
const dictionaryEncoding: TableLayout = { tables: { 1: () => ({}) } };
const field: TableLayout = {
  vectors: { 0: CHARACTER_BYTES },
  unions: { 3: { 10: () => timestamp, 14: () => union } },
  tables: { 4: () => dictionaryEncoding },
  vectorsOfTables: { 5: () => field, 6: () => keyValue },
};
const schema: TableLayout = { vectors: { 3: 8 }, vectorsOfTables: { 1: () => field, 2: () => keyValue } };
const recordBatch: TableLayout = { vectors: { 1: 16, 2: 16, 4: 8 }, tables: { 3: () => ({}) } };
const dictionaryBatch: TableLayout = { tables: { 1: () => recordBatch } };
const message: TableLayout = {
  unions: { 2: { 1: () => schema, 2: () => dictionaryBatch, 3: () => recordBatch } },
  vectorsOfTables: { 4: () => keyValue },
};
const footer: TableLayout = {
  tables: { 1: () => schema },
  vectors: { 2: 24, 3: 24 },
  vectorsOfTables: { 4: () => keyValue },
};

const slots = {
  message: { headerType: 1, header: 2, bodyLength: 3 },
  schema: { fields: 1 },
  field: { dictionary: 4, children: 5 },
  dictionaryBatch: { data: 1 },
  recordBatch: { length: 0, nodes: 1, buffers: 2, variadicCounts: 4 },
  footer: { schema: 1, dictionaries: 2, recordBatches: 3 },
} as const;
const headerTypes = { schema: 1, dictionaryBatch: 2, recordBatch: 3 } as const;

/** A file ends with the length of its footer, and a mark. */
const FILE_END_BYTES = 10;

export interface BatchInFile {
  readonly place: number;
  readonly type: 'DictionaryBatch' | 'RecordBatch';
}

/** What can be, in one stream or file. Every method throws a RangeError that says what cannot. */
export class IpcBounds {
  /** Where the columns' own nodes are among those of a batch. */
  #columns: readonly number[] = [];

  /** Looks at the footer of a file, and returns where its batches are said to begin. */
  batchesOfFile(bytes: Uint8Array): readonly BatchInFile[] {
    const end = bytes.length - FILE_END_BYTES;
    const length = viewOf(bytes).getInt32(end, true);
    if (length < 0 || length > end) throw new RangeError('the footer is longer than the file');
    const table = new FlatbufferTable(viewOf(bytes.subarray(end - length, end)), 0).root();
    requireLayout(table, footer, length);
    this.#readSchema(table.table(slots.footer.schema));
    const placesIn = (slot: number, type: BatchInFile['type']): readonly BatchInFile[] =>
      table.structs(slot, 24).map(([place]) => ({ place: Number(place), type }));
    const { dictionaries, recordBatches } = slots.footer;
    return [...placesIn(dictionaries, 'DictionaryBatch'), ...placesIn(recordBatches, 'RecordBatch')];
  }

  /** Looks at the metadata of a message, behind which there are so many bytes. */
  check(metadata: Uint8Array, following: number): void {
    const table = new FlatbufferTable(viewOf(metadata), 0).root();
    requireLayout(table, message, metadata.length);
    const bodyBytes = table.long(slots.message.bodyLength);
    if (bodyBytes < 0n || bodyBytes > BigInt(following)) throw new RangeError('a body is longer than what is left');
    const header = table.table(slots.message.header);
    switch (table.byte(slots.message.headerType)) {
      case headerTypes.schema:
        this.#readSchema(header);
        break;
      case headerTypes.dictionaryBatch:
        requireBatch(header?.table(slots.dictionaryBatch.data), bodyBytes, [0]);
        break;
      case headerTypes.recordBatch:
        requireBatch(header, bodyBytes, this.#columns);
        break;
    }
  }

  #readSchema(table: FlatbufferTable | undefined): void {
    let nodes = 0;
    this.#columns = (table?.tables(slots.schema.fields) ?? []).map((column) => {
      const first = nodes;
      nodes += nodesOf(column);
      return first;
    });
  }
}

/** How many nodes a batch has for a field: one for each that is not in a dictionary. */
function nodesOf(table: FlatbufferTable): number {
  if (table.table(slots.field.dictionary) !== undefined) return 1;
  return table.tables(slots.field.children).reduce((nodes, child) => nodes + nodesOf(child), 1);
}

function requireBatch(table: FlatbufferTable | undefined, bodyBytes: bigint, columns: readonly number[]): void {
  if (table === undefined) return;
  const rows = table.long(slots.recordBatch.length);
  const nodes = table.structs(slots.recordBatch.nodes, 16);
  const buffers = table.structs(slots.recordBatch.buffers, 16);
  for (const [length = 0n, nullCount = 0n] of nodes) {
    if (length < 0n || nullCount < 0n || nullCount > length) throw new RangeError('a column has impossible lengths');
  }
  // apache-arrow makes room for the NULLs that a column has too few.
  if (columns.some((column) => nodes[column]?.[0] !== rows))
    throw new RangeError('a column has not the rows of its batch');
  for (const [offset = 0n, length = 0n] of buffers) {
    if (offset < 0n || length < 0n || offset + length > bodyBytes) throw new RangeError('a buffer is beyond its body');
  }
  for (const [count = 0n] of table.structs(slots.recordBatch.variadicCounts, 8)) {
    if (count < 0n || count > BigInt(buffers.length)) throw new RangeError('a column has more buffers than its batch');
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
