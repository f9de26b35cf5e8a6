import { PgError, sqlstate } from '@riffq/wire';
import type { Field } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import { EXTENSION_NAME } from '../extension-type.js';
import { binaryCells, fixedSizeBinaryCells } from './binary-cells.js';
import { boolCells } from './bool-cells.js';
import type { CellType } from './cell-type.js';
import { describeCell, isNull } from './cells.js';
import { dateCells } from './date-cells.js';
import { decimalCells } from './decimal-cells.js';
import { dictionaryCells } from './dictionary-cells.js';
import { extensionCells } from './extension-cells.js';
import { intervalCells } from './interval-cells.js';
import { fixedSizeListCells, listCells } from './list-cells.js';
import { mapCells } from './map-cells.js';
import { durationCells, floatCells, integerCells } from './number-cells.js';
import { structCells } from './struct-cells.js';
import { textCells } from './text-cells.js';
import { timeCells } from './time-cells.js';
import { timestampCells } from './timestamp-cells.js';
import { unionCells } from './union-cells.js';

/**
 * How cells become an Arrow column of a type. The type may be of another copy of apache-arrow: its id decides.
 *
 * @throws PgError 0A000 for a type that apache-arrow does not have yet
 */
export function cellsOfType(type: DataType): CellType {
  if (DataType.isNull(type)) return { arrowType: type, build: buildNothing };
  if (DataType.isBool(type)) return { ...boolCells, arrowType: type };
  if (DataType.isInt(type)) return integerCells(type);
  if (DataType.isFloat(type)) return floatCells(type);
  if (DataType.isDecimal(type)) return decimalCells(type);
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type)) return textCells(type);
  if (DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isBinaryView(type)) return binaryCells(type);
  if (DataType.isFixedSizeBinary(type)) return fixedSizeBinaryCells(type);
  if (DataType.isDate(type)) return dateCells(type);
  if (DataType.isTime(type)) return timeCells(type);
  if (DataType.isTimestamp(type)) return timestampCells(type);
  if (DataType.isDuration(type)) return durationCells(type);
  if (DataType.isInterval(type)) return intervalCells(type);
  if (DataType.isDictionary(type)) return dictionaryCells(type, cellsOfType(type.dictionary));
  return nestedCells(type);
}

/** The same of a field, whose metadata may tell an extension type. */
export function cellsOfField({ type, metadata }: Field): CellType {
  return extensionCells(metadata.get(EXTENSION_NAME), type) ?? cellsOfType(type);
}

function nestedCells(type: DataType): CellType {
  const [element, ...more] = type.children ?? [];
  if (element !== undefined) {
    if (DataType.isList(type) || DataType.isLargeList(type)) return listCells(type, cellsOfField(element));
    if (DataType.isFixedSizeList(type)) return fixedSizeListCells(type, cellsOfField(element));
    if (DataType.isUnion(type)) return unionCells(type, [element, ...more].map(cellsOfField));
    const [key, value] = DataType.isMap(type) ? element.type.children : [];
    if (DataType.isMap(type) && key && value) return mapCells(type, cellsOfField(key), cellsOfField(value));
  }
  if (DataType.isStruct(type)) return structCells(type, type.children.map(cellsOfField));
  throw new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `cells cannot be made into the Arrow type ${type}`,
    hint: 'Build the column with apache-arrow, or choose another type.',
  });
}

const buildNothing: CellType['build'] = (cells) => {
  const found = cells.values.findIndex((cell) => !isNull(cell));
  if (found === -1) return {};
  throw cells.error(found, describeCell(cells.values[found]), 'Give null.');
};
