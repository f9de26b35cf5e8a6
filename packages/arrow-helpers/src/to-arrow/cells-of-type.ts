import { PgError, sqlstate } from '@riffq/wire';
import { DataType } from 'apache-arrow';
import { binaryCells, fixedSizeBinaryCells } from './binary-cells.js';
import { boolCells } from './bool-cells.js';
import type { CellType } from './cell-type.js';
import { describeCell, isNull } from './cells.js';
import { dateCells } from './date-cells.js';
import { decimalCells } from './decimal-cells.js';
import { dictionaryCells } from './dictionary-cells.js';
import { intervalCells } from './interval-cells.js';
import { fixedSizeListCells, listCells } from './list-cells.js';
import { mapCells } from './map-cells.js';
import { durationCells, floatCells, integerCells } from './number-cells.js';
import { structCells } from './struct-cells.js';
import { textCells } from './text-cells.js';
import { timeCells } from './time-cells.js';
import { timestampCells } from './timestamp-cells.js';

/**
 * How cells become an Arrow column of a type. The type may be of another copy of apache-arrow: its id decides.
 *
 * @throws PgError 0A000 for unions and views
 */
export function cellsOfType(type: DataType): CellType {
  if (DataType.isNull(type)) return { arrowType: type, build: buildNothing };
  if (DataType.isBool(type)) return { ...boolCells, arrowType: type };
  if (DataType.isInt(type)) return integerCells(type);
  if (DataType.isFloat(type)) return floatCells(type);
  if (DataType.isDecimal(type)) return decimalCells(type);
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return textCells(type);
  if (DataType.isBinary(type) || DataType.isLargeBinary(type)) return binaryCells(type);
  if (DataType.isFixedSizeBinary(type)) return fixedSizeBinaryCells(type);
  if (DataType.isDate(type)) return dateCells(type);
  if (DataType.isTime(type)) return timeCells(type);
  if (DataType.isTimestamp(type)) return timestampCells(type);
  if (DataType.isDuration(type)) return durationCells(type);
  if (DataType.isInterval(type)) return intervalCells(type);
  if (DataType.isList(type) || DataType.isLargeList(type)) return listCells(type, cellsOfType(type.valueType));
  if (DataType.isFixedSizeList(type)) return fixedSizeListCells(type, cellsOfType(type.valueType));
  if (DataType.isStruct(type))
    return structCells(
      type,
      type.children.map(({ type: field }) => cellsOfType(field)),
    );
  if (DataType.isMap(type)) return mapCells(type, cellsOfType(type.keyType), cellsOfType(type.valueType));
  if (DataType.isDictionary(type)) return dictionaryCells(type, cellsOfType(type.dictionary));
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
