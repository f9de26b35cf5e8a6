import { sqlstate } from '@riffq/wire';
import { DataType, FixedSizeBinary, Utf8 } from 'apache-arrow/type';
import { UUID_BYTES } from '../encode/uuid.js';
import { EXTENSION_NAME } from '../extension-type.js';
import { readUuid } from '../text-values/uuid-text.js';
import { fixedSizeBinaryCells } from './binary-cells.js';
import type { CellType } from './cell-type.js';
import { formedTextCells } from './text-cells.js';
import { jsonText } from './text-types.js';

/**
 * The cells of one of Arrow's extension types that PostgreSQL has a type for, by its name; undefined for all others.
 *
 * @param storage - what the field is of; by default what the extension type is usually kept in
 */
export function extensionCells(name: string | undefined, storage?: DataType): CellType | undefined {
  if (name === undefined) return undefined;
  const cells =
    name === 'arrow.uuid'
      ? uuidCells(storage ?? new FixedSizeBinary(UUID_BYTES))
      : name === 'arrow.json'
        ? jsonCells(storage ?? new Utf8())
        : undefined;
  return cells && { ...cells, metadata: new Map([[EXTENSION_NAME, name]]) };
}

/** Strings in all forms that PostgreSQL reads, and the 16 bytes themselves. */
function uuidCells(type: DataType): CellType | undefined {
  if (!DataType.isFixedSizeBinary(type) || type.byteWidth !== UUID_BYTES) return undefined;
  const { build, arrowType } = fixedSizeBinaryCells(type);
  return {
    arrowType,
    build: (cells) => {
      const bytes = cells.within();
      for (const [index, cell] of cells.values.entries()) {
        const text = typeof cell === 'string' ? readUuid(cell) : undefined;
        if (typeof cell === 'string' && text === undefined) {
          const hint = 'Give the 36 characters of a UUID, or its 16 bytes.';
          throw cells.error(index, 'a string of another form', hint, sqlstate.invalid_text_representation);
        }
        bytes.addFrom(index, text === undefined ? cell : Buffer.from(text.replaceAll('-', ''), 'hex'));
      }
      return build(bytes);
    },
  };
}

function jsonCells(type: DataType): CellType | undefined {
  if (!DataType.isUtf8(type) && !DataType.isLargeUtf8(type) && !DataType.isUtf8View(type)) return undefined;
  return formedTextCells(type, jsonText.read, jsonText.hint, sqlstate.invalid_text_representation);
}
