import { Field } from 'apache-arrow/schema';
import { DateDay, Float64, Int8, Int64, List, TimestampMicrosecond, Utf8 } from 'apache-arrow/type';
import { arrowTypeOf } from './arrow-type-name.js';
import { boolCells } from './bool-cells.js';
import { type CellType, POSTGRES_TYPE } from './cell-type.js';
import { cellsOfType } from './cells-of-type.js';
import { dimensionsOfCell, dimensionsOfVectors } from './dimensions-of-cell.js';
import { extensionCells } from './extension-cells.js';
import { listCells } from './list-cells.js';
import { nestedType } from './nested-type-name.js';
import { postgresType } from './postgres-type.js';
import { parseWrittenType, type WrittenType } from './written-type.js';

/** The names that riffq has had from the beginning. */
const ownNames: ReadonlyMap<string, CellType> = new Map([
  ['int', cellsOfType(new Int64())],
  ['float', cellsOfType(new Float64())],
  ['bool', boolCells],
  ['str', cellsOfType(new Utf8())],
  ['string', cellsOfType(new Utf8())],
  ['date', cellsOfType(new DateDay())],
  ['datetime', cellsOfType(new TimestampMicrosecond())],
  // As apache-arrow prints it. In lower case it is PostgreSQL's type of eight bytes.
  ['Int8', cellsOfType(new Int8())],
]);

/**
 * The cells of a type by its name: riffq's own, PostgreSQL's or Arrow's, in this order where a name has two meanings
 * (`int8` has eight bytes); undefined for a name that none of them has.
 *
 * @throws PgError 42601 for what is no type's name, 0A000 and 22023 for a type that cannot be made of its name
 */
export function namedType(name: string): CellType | undefined {
  return ownNames.get(name) ?? typeOfWritten(parseWrittenType(name));
}

function typeOfWritten(type: WrittenType): CellType | undefined {
  const written = withoutArrayWord(type);
  const { dimensions } = written;
  const element = elementType(written);
  if (element === undefined || dimensions.length === 0) return element;
  return ofDimensions(element, dimensions.length);
}

const ARRAY = ' array';

/** `_int4`, as pg_type calls the array type, and SQL's `int4 array` are `int4[]`. */
function withoutArrayWord(type: WrittenType): WrittenType {
  const { name, dimensions } = type;
  const element = name.endsWith(ARRAY) ? name.slice(0, -ARRAY.length) : name.replace(/^_(?=[a-z])/, '');
  if (element === name || (name.startsWith('_') && dimensions.length > 0)) return type;
  return { ...type, name: element, exactName: element, dimensions: dimensions.length > 0 ? dimensions : [''] };
}

function elementType(written: WrittenType): CellType | undefined {
  const { name, exactName, modifiers, fields, setting, unit } = written;
  if (fields !== undefined) return nestedType(written, fields, typeOfWritten);
  if (setting === undefined && unit === undefined) {
    const own =
      modifiers.length === 0 ? (ownNames.get(exactName) ?? ownNames.get(name) ?? extensionCells(name)) : undefined;
    const found = own ?? postgresType(name, modifiers);
    if (found !== undefined) return found;
  }
  const arrow = arrowTypeOf(written);
  return arrow && cellsOfType(arrow);
}

function ofDimensions(element: CellType, count: number): CellType {
  const postgresName = element.metadata?.get(POSTGRES_TYPE);
  let nested = element;
  for (let dimension = 0; dimension < count; dimension += 1) {
    const { arrowType, metadata } = nested;
    const list = listCells(new List(new Field('item', arrowType, true, metadata && new Map(metadata))), nested);
    nested = postgresName === undefined ? list : { ...list, metadata: new Map([[POSTGRES_TYPE, `${postgresName}[]`]]) };
  }
  const isVector = postgresName === 'int2vector' || postgresName === 'oidvector';
  const dimensionedAs = (cell: unknown): CellType | undefined => {
    const found = isVector ? dimensionsOfVectors(cell) : dimensionsOfCell(cell);
    return found === 0 ? undefined : ofDimensions(element, Math.max(found, count));
  };
  return { ...nested, dimensionedAs };
}
