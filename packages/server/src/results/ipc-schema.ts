/**
 * The types of columns in the schema of Arrow IPC data, read from its flatbuffer
 * (https://github.com/apache/arrow/blob/main/format/Schema.fbs): apache-arrow does not say in which field a type is that it does not know.
 */

/** A field of a type that apache-arrow does not read. */
export interface UnreadField {
  /** Its name, behind those of the fields around it. */
  readonly path: string;
  readonly type: string;
}

const unreadTypes: ReadonlyMap<number, string> = new Map([
  [22, 'RunEndEncoded'],
  [25, 'ListView'],
  [26, 'LargeListView'],
]);

/** What stands in the slots of the tables. */
const slots = {
  messageHeader: 2,
  footerSchema: 1,
  schemaFields: 1,
  fieldName: 0,
  fieldType: 2,
  fieldChildren: 5,
} as const;

/** A file ends with the length of its footer, and a mark. */
const FILE_END_BYTES = 10;

/** The first field of such a type, as far as the bytes of a stream or file have a whole schema. */
export function unreadField(bytes: Uint8Array, isFile: boolean): UnreadField | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const schema = isFile ? schemaOfFile(view) : schemaOfStream(view);
    return firstUnread(schema?.tables(slots.schemaFields) ?? [], []);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function schemaOfFile(view: DataView): Table | undefined {
  const end = view.byteLength - FILE_END_BYTES;
  return new Table(view, end - view.getInt32(end, true)).root().table(slots.footerSchema);
}

/** It is in the first message. */
function schemaOfStream(view: DataView): Table | undefined {
  // Before Arrow 0.15 nothing stood before the length.
  return new Table(view, view.getInt32(0, true) === -1 ? 8 : 4).root().table(slots.messageHeader);
}

function firstUnread(fields: readonly Table[], around: readonly string[]): UnreadField | undefined {
  for (const field of fields) {
    const names = [...around, field.text(slots.fieldName)];
    const type = unreadTypes.get(field.byte(slots.fieldType));
    const found = type === undefined ? firstUnread(field.tables(slots.fieldChildren), names) : undefined;
    if (type !== undefined) return { path: names.join('.'), type };
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A table of a flatbuffer, whose slots are found by their numbers. */
class Table {
  constructor(
    private readonly view: DataView,
    private readonly at: number,
  ) {}

  root(): Table {
    return this.#tableAt(this.at);
  }

  table(slot: number): Table | undefined {
    const at = this.#slot(slot);
    return at === undefined ? undefined : this.#tableAt(at);
  }

  tables(slot: number): readonly Table[] {
    const at = this.#slot(slot);
    if (at === undefined) return [];
    const vector = this.#target(at);
    const count = this.view.getUint32(vector, true);
    if (count > this.view.byteLength) throw new RangeError('a vector beyond the end');
    return Array.from({ length: count }, (_, index) => this.#tableAt(vector + 4 + 4 * index));
  }

  byte(slot: number): number {
    const at = this.#slot(slot);
    return at === undefined ? 0 : this.view.getUint8(at);
  }

  text(slot: number): string {
    const at = this.#slot(slot);
    if (at === undefined) return '';
    const start = this.#target(at);
    const length = this.view.getUint32(start, true);
    return Buffer.from(this.view.buffer, this.view.byteOffset + start + 4, length).toString();
  }

  #tableAt(at: number): Table {
    return new Table(this.view, this.#target(at));
  }

  #target(at: number): number {
    return at + this.view.getUint32(at, true);
  }

  #slot(slot: number): number | undefined {
    const slotsAt = this.at - this.view.getInt32(this.at, true);
    const offsetAt = 4 + 2 * slot;
    if (offsetAt >= this.view.getUint16(slotsAt, true)) return undefined;
    const offset = this.view.getUint16(slotsAt + offsetAt, true);
    return offset === 0 ? undefined : this.at + offset;
  }
}
