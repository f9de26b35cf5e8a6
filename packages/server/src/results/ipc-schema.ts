/**
 * The types of columns in the schema of Arrow IPC data, read from its flatbuffer
 * (https://github.com/apache/arrow/blob/main/format/Schema.fbs): apache-arrow does not say in which field a type is that it does not know.
 */

import { FlatbufferTable } from './flatbuffer-table.js';

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

function schemaOfFile(view: DataView): FlatbufferTable | undefined {
  const end = view.byteLength - FILE_END_BYTES;
  return new FlatbufferTable(view, end - view.getInt32(end, true)).root().table(slots.footerSchema);
}

/** It is in the first message. */
function schemaOfStream(view: DataView): FlatbufferTable | undefined {
  // Before Arrow 0.15 nothing stood before the length.
  return new FlatbufferTable(view, view.getInt32(0, true) === -1 ? 8 : 4).root().table(slots.messageHeader);
}

function firstUnread(fields: readonly FlatbufferTable[], around: readonly string[]): UnreadField | undefined {
  for (const field of fields) {
    const names = [...around, field.text(slots.fieldName)];
    const type = unreadTypes.get(field.byte(slots.fieldType));
    const found = type === undefined ? firstUnread(field.tables(slots.fieldChildren), names) : undefined;
    if (type !== undefined) return { path: names.join('.'), type };
    if (found !== undefined) return found;
  }
  return undefined;
}
