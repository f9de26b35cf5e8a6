import { PgError, sqlstate } from '@riffq/wire';
import { Field } from 'apache-arrow/schema';
import {
  DataType,
  DenseUnion,
  Dictionary,
  FixedSizeList,
  Int8,
  Int16,
  Int32,
  LargeList,
  List,
  Map_,
  SparseUnion,
  Struct,
  Uint8,
  Uint16,
  Uint32,
} from 'apache-arrow/type';
import { arrowTypeOf } from './arrow-type-name.js';
import type { CellType } from './cell-type.js';
import { dictionaryCells } from './dictionary-cells.js';
import { extensionCells } from './extension-cells.js';
import { fixedSizeListCells, listCells } from './list-cells.js';
import { mapCells } from './map-cells.js';
import { structCells } from './struct-cells.js';
import { unionCells } from './union-cells.js';
import type { WrittenField, WrittenType } from './written-type.js';

/** The cells of the type that a name stands for; undefined for a name that there is not. */
type Resolve = (type: WrittenType) => CellType | undefined;

/** A field whose type is known. */
interface Member {
  readonly field: Field;
  readonly cells: CellType;
  readonly typeId: number | undefined;
}

/** What the indices of a dictionary may be. */
const indexTypes = new Map([Int8, Int16, Int32, Uint8, Uint16, Uint32].map((type) => [String(new type()), type]));

/** Type ids of a union are of 7 bits. */
const MOST_TYPE_ID = 127;

/**
 * The cells of a type that has others in angle brackets, as apache-arrow, Arrow's documentation and pyarrow write it; undefined
 * for one that there is not.
 *
 * @throws PgError 22023 for one that its name says too little of, 0A000 for one that apache-arrow has not
 */
export function nestedType(
  written: WrittenType,
  fields: readonly WrittenField[],
  resolve: Resolve,
): CellType | undefined {
  switch (written.name) {
    case 'list':
      return ofElement(fields, resolve, ({ field, cells }) => listCells(new List(field), cells));
    case 'large_list':
    case 'largelist':
      return ofElement(fields, resolve, ({ field, cells }) => listCells(new LargeList(field), cells));
    case 'fixed_size_list':
    case 'fixedsizelist': {
      const size = written.setting ?? '';
      if (!/^\d+$/.test(size)) return undefined;
      return ofElement(fields, resolve, ({ field, cells }) =>
        fixedSizeListCells(new FixedSizeList(Number(size), field), cells),
      );
    }
    case 'struct': {
      const members = membersOf(fields, resolve);
      return (
        members &&
        structCells(
          new Struct(members.map(({ field }) => field)),
          members.map(({ cells }) => cells),
        )
      );
    }
    case 'map':
      return mapType(fields, resolve);
    case 'dictionary':
      return dictionaryType(fields, resolve);
    case 'dense_union':
    case 'denseunion':
    case 'sparse_union':
    case 'sparseunion':
      return unionType(written.exactName, fields, resolve);
    case 'union':
      throw unclearUnion(`the type ${written.exactName} does not say whether it is dense or sparse, and`);
    case 'extension':
      return fields.length === 1 ? extensionCells(fields[0]?.type.name) : undefined;
    default:
      // Of those that apache-arrow has not, this says so.
      arrowTypeOf(written);
      return undefined;
  }
}

function memberOf(written: WrittenField | undefined, name: string, resolve: Resolve): Member | undefined {
  const cells = written && resolve(written.type);
  if (cells === undefined) return undefined;
  const { arrowType, metadata } = cells;
  const field = new Field(name, arrowType, written?.nullable, metadata && new Map(metadata));
  return { field, cells, typeId: written?.typeId };
}

function membersOf(fields: readonly WrittenField[], resolve: Resolve): readonly Member[] | undefined {
  const members = fields.map((field) => memberOf(field, field.name ?? 'item', resolve));
  const known = members.filter((member) => member !== undefined);
  return known.length === members.length ? known : undefined;
}

function ofElement(
  fields: readonly WrittenField[],
  resolve: Resolve,
  make: (member: Member) => CellType,
): CellType | undefined {
  const [member, ...more] = membersOf(fields, resolve) ?? [];
  return member === undefined || more.length > 0 ? undefined : make(member);
}

/** `map<utf8, int32>`, perhaps with `keys_sorted` behind it. */
function mapType([first, second, ...rest]: readonly WrittenField[], resolve: Resolve): CellType | undefined {
  const isSorted = rest.length === 1 && rest[0]?.type.name === 'keys_sorted';
  const key = memberOf(first && { ...first, nullable: false }, 'key', resolve);
  const value = memberOf(second, 'value', resolve);
  if (key === undefined || value === undefined || (rest.length > 0 && !isSorted)) return undefined;
  const entries = new Field('entries', new Struct([key.field, value.field]), false);
  return mapCells(new Map_(entries, isSorted), key.cells, value.cells);
}

/** `dictionary<values=string, indices=int32, ordered=0>`, and `Dictionary<Int32, Utf8>` as apache-arrow prints it. */
function dictionaryType(fields: readonly WrittenField[], resolve: Resolve): CellType | undefined {
  const called = (name: string): WrittenType | undefined => fields.find((field) => field.name === name)?.type;
  const unnamed = fields.filter(({ name }) => name === undefined).map(({ type }) => type);
  const values = called('values') ?? unnamed.at(-1);
  const indices = called('indices') ?? (unnamed.length > 1 ? unnamed[0] : undefined);
  const value = values && resolve(values);
  const index = indices === undefined ? new Int32() : arrowTypeOf(indices);
  const isOrdered = /^(1|true)$/.test(called('ordered')?.name ?? '');
  if (value === undefined || index === undefined || fields.length > 3 || DataType.isDictionary(value.arrowType)) {
    return undefined;
  }
  const Indices = indexTypes.get(String(index));
  if (Indices !== undefined) {
    return dictionaryCells(new Dictionary(value.arrowType, new Indices(), null, isOrdered), value);
  }
  throw new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `the indices of a dictionary cannot be of type ${index}`,
    hint: 'Give int8, int16, int32, or one of these unsigned.',
  });
}

/** `dense_union<a: int32=0, b: utf8=1>`; type ids that are left out are counted from 0. */
function unionType(name: string, fields: readonly WrittenField[], resolve: Resolve): CellType | undefined {
  const members = membersOf(fields, resolve);
  if (members === undefined || members.length === 0) return undefined;
  if (fields.some((field) => field.name === undefined)) throw unclearUnion(`the type ${name} does not say`);
  const typeIds = members.map(({ typeId }, at) => typeId ?? at);
  if (typeIds.some((id) => id > MOST_TYPE_ID) || new Set(typeIds).size < typeIds.length) return undefined;
  const children = members.map(({ field }) => field);
  const type = name.toLowerCase().startsWith('dense')
    ? new DenseUnion(typeIds, children)
    : new SparseUnion(typeIds, children);
  return unionCells(
    type,
    members.map(({ cells }) => cells),
  );
}

function unclearUnion(lack: string): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `${lack} how its alternatives are called`,
    hint: 'Write dense_union<a: int32=0, b: utf8=1>, or give an Arrow type in place of its name.',
  });
}
