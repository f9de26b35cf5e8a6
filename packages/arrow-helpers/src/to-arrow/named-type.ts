import {
  DataType,
  DateDay,
  Dictionary,
  Field,
  FixedSizeList,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  LargeList,
  List,
  Map_,
  Struct,
  TimestampMicrosecond,
  Utf8,
} from 'apache-arrow';
import { arrowTypeOf } from './arrow-type-name.js';
import { boolCells } from './bool-cells.js';
import { type CellType, POSTGRES_TYPE } from './cell-type.js';
import { cellsOfType } from './cells-of-type.js';
import { dictionaryCells } from './dictionary-cells.js';
import { fixedSizeListCells, listCells } from './list-cells.js';
import { mapCells } from './map-cells.js';
import { postgresType } from './postgres-type.js';
import { structCells } from './struct-cells.js';
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
]);

/**
 * The cells of a type by its name: riffq's own, PostgreSQL's or Arrow's, in this order where a name has two meanings
 * (`int8` has eight bytes); undefined for a name that none of them has.
 *
 * @throws PgError 42601 for what is no type's name
 */
export function namedType(name: string): CellType | undefined {
  return ownNames.get(name) ?? typeOfWritten(parseWrittenType(name));
}

function typeOfWritten(written: WrittenType): CellType | undefined {
  const { name, modifiers, brackets } = written;
  if (written.fields.length > 0)
    return arrayOf(nestedType(written), brackets.slice(name === 'fixed_size_list' ? 1 : 0));
  const plain = modifiers.length === 0 ? ownNames.get(written.exactName) : undefined;
  const [bracket = ''] = brackets;
  const element = plain ?? postgresType(name, modifiers);
  if (element !== undefined && brackets.every(isBound)) return arrayOf(element, brackets);
  const arrow = arrowTypeOf(name, modifiers, bracket);
  return arrow === undefined ? undefined : arrayOf(cellsOfType(arrow), brackets.slice(bracket === '' ? 0 : 1));
}

/** The bounds of PostgreSQL's array types mean nothing. */
function isBound(bracket: string): boolean {
  return /^\d*$/.test(bracket);
}

function arrayOf(element: CellType | undefined, brackets: readonly string[]): CellType | undefined {
  if (element === undefined || brackets.length === 0) return element;
  return brackets.every(isBound) ? ofDimensions(element, brackets.length) : undefined;
}

function ofDimensions(element: CellType, count: number): CellType {
  const postgresName = element.metadata?.get(POSTGRES_TYPE);
  let nested = element;
  for (let dimension = 0; dimension < count; dimension += 1) {
    const list = listCells(new List(itemField('item', nested)), nested);
    nested = postgresName === undefined ? list : { ...list, metadata: new Map([[POSTGRES_TYPE, `${postgresName}[]`]]) };
  }
  return { ...nested, ofDimensions: (wanted) => ofDimensions(element, Math.max(wanted, count)) };
}

function nestedType({ name, fields, brackets }: WrittenType): CellType | undefined {
  const types = fields.map(({ type }) => (name === 'dictionary' ? undefined : typeOfWritten(type)));
  const members = types.filter((type) => type !== undefined);
  const [first, second] = members;
  switch (name) {
    case 'list':
      return first && members.length === 1 ? listCells(new List(itemField(fields[0]?.name, first)), first) : undefined;
    case 'large_list':
      return first && members.length === 1
        ? listCells(new LargeList(itemField(fields[0]?.name, first)), first)
        : undefined;
    case 'fixed_size_list': {
      const [size = ''] = brackets;
      if (first === undefined || members.length !== 1 || !/^\d+$/.test(size)) return undefined;
      return fixedSizeListCells(new FixedSizeList(Number(size), itemField(fields[0]?.name, first)), first);
    }
    case 'struct': {
      if (members.length !== fields.length) return undefined;
      const children = members.map((member, at) => itemField(fields[at]?.name, member));
      return structCells(new Struct(children), members);
    }
    case 'map': {
      if (first === undefined || second === undefined || members.length !== 2) return undefined;
      const entry = new Struct([itemField('key', first, false), itemField('value', second)]);
      return mapCells(new Map_(new Field('entries', entry, false)), first, second);
    }
    case 'dictionary':
      return dictionaryType(fields);
    default:
      return undefined;
  }
}

/** `dictionary<values=string, indices=int32, ordered=0>`. */
function dictionaryType(fields: WrittenType['fields']): CellType | undefined {
  const typeCalled = (name: string): WrittenType | undefined => fields.find((field) => field.name === name)?.type;
  const values = typeCalled('values') ?? fields[0]?.type;
  const value = values && typeOfWritten(values);
  const indices = { int8: Int8, int16: Int16, int32: Int32 }[typeCalled('indices')?.name ?? 'int32'];
  if (value === undefined || indices === undefined || DataType.isDictionary(value.arrowType)) return undefined;
  return dictionaryCells(new Dictionary(value.arrowType, new indices()), value);
}

function itemField(name: string | undefined, { arrowType, metadata }: CellType, nullable = true): Field {
  return new Field(name ?? 'item', arrowType, nullable, metadata === undefined ? undefined : new Map(metadata));
}
