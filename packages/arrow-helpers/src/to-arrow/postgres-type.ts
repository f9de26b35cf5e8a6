import { sqlstate, typeOid } from '@riffq/wire';
import {
  Binary,
  DateDay,
  Decimal,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  IntervalMonthDayNano,
  TimeMicrosecond,
  TimestampMicrosecond,
  Uint32,
  Utf8,
} from 'apache-arrow';
import { catalogTypeName } from '../postgres-type-name.js';
import { binaryCells } from './binary-cells.js';
import { boolCells } from './bool-cells.js';
import { type CellType, POSTGRES_TYPE } from './cell-type.js';
import { dateCells } from './date-cells.js';
import { decimalCells } from './decimal-cells.js';
import { intervalCells } from './interval-cells.js';
import { floatCells, integerCells } from './number-cells.js';
import { formedTextCells, textCells } from './text-cells.js';
import { anyText, textTypes } from './text-types.js';
import { timeCells } from './time-cells.js';
import { timestampCells } from './timestamp-cells.js';

/** The bits of an Arrow decimal that is wide enough for so many digits; a wider numeric goes as text. */
const DECIMAL_WIDTHS = [
  { digits: 38, bits: 128 },
  { digits: 76, bits: 256 },
];

type Maker = (modifiers: readonly number[], name: string) => CellType;

const makers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['bool', () => boolCells],
  ['int2', () => integerCells(new Int16())],
  ['int4', () => integerCells(new Int32())],
  ['int8', () => integerCells(new Int64())],
  ['oid', (_, name) => named(integerCells(new Uint32()), name)],
  ['float4', () => floatCells(new Float32())],
  ['float8', () => floatCells(new Float64())],
  ['numeric', numeric],
  ['varchar', (modifiers, name) => (modifiers.length === 0 ? textCells(new Utf8()) : limitedText(modifiers, name))],
  ['bpchar', limitedText],
  ['bytea', () => binaryCells(new Binary())],
  ['date', () => dateCells(new DateDay())],
  ['time', ([digits], name) => withDigits(timeCells(new TimeMicrosecond(), digits), name, digits)],
  ['timestamp', ([digits], name) => withDigits(timestampCells(new TimestampMicrosecond(), digits), name, digits)],
  [
    'timestamptz',
    ([digits], name) => withDigits(timestampCells(new TimestampMicrosecond('UTC'), digits), name, digits),
  ],
  ['interval', () => intervalCells(new IntervalMonthDayNano())],
]);

/** What may stand in parentheses: between which bounds, and how many; the other types take nothing. */
const modifierRanges: Readonly<
  Record<string, { readonly count: number; readonly least: number; readonly most: number }>
> = {
  // The scale may be below zero; the precision is looked at besides.
  numeric: { count: 2, least: -1000, most: 1000 },
  varchar: { count: 1, least: 1, most: 10_485_760 },
  bpchar: { count: 1, least: 1, most: 10_485_760 },
  bit: { count: 1, least: 1, most: 83_886_080 },
  varbit: { count: 1, least: 1, most: 83_886_080 },
  time: { count: 1, least: 0, most: 6 },
  timetz: { count: 1, least: 0, most: 6 },
  timestamp: { count: 1, least: 0, most: 6 },
  timestamptz: { count: 1, least: 0, most: 6 },
};

/**
 * The cells of a PostgreSQL type; undefined for a name that it does not have.
 *
 * @param modifiers - what stands in parentheses
 */
export function postgresType(writtenName: string, modifiers: readonly string[]): CellType | undefined {
  const name = catalogTypeName(writtenName);
  if (!Object.hasOwn(typeOid, name) || name.startsWith('_')) return undefined;
  const numbers = modifiers.map(Number);
  if (!areModifiers(name, numbers)) return undefined;
  // The type of one character is quoted in SQL, because char alone is another.
  const fullName = `${name === 'char' ? '"char"' : name}${modifiers.length === 0 ? '' : `(${numbers.join(',')})`}`;
  return makers.get(name)?.(numbers, fullName) ?? textType(name, fullName);
}

function areModifiers(name: string, modifiers: readonly number[]): boolean {
  const { count, least, most } = modifierRanges[name] ?? { count: 0, least: 0, most: 0 };
  const [precision = 1] = modifiers;
  if (modifiers.length > count || (name === 'numeric' && precision < 1)) return false;
  return modifiers.every((modifier) => Number.isInteger(modifier) && modifier >= least && modifier <= most);
}

function textType(name: string, fullName: string): CellType {
  if (name === 'text') return named(textCells(new Utf8()), fullName);
  const { read, hint, state = sqlstate.invalid_text_representation } = textTypes.get(name) ?? anyText;
  return named(formedTextCells(new Utf8(), read, hint, state), fullName);
}

function numeric([precision, scale = 0]: readonly number[], name: string): CellType {
  const width = DECIMAL_WIDTHS.find(({ digits }) => precision !== undefined && precision <= digits);
  if (precision === undefined || width === undefined) return textType('numeric', name);
  return decimalCells(new Decimal(scale, precision, width.bits));
}

/** char(n) is filled with blanks, varchar(n) is not; of both, only blanks are cut off. */
function limitedText([length = Number.POSITIVE_INFINITY]: readonly number[], name: string): CellType {
  const filled = name.startsWith('bpchar') && Number.isFinite(length);
  const read = (cell: unknown): string | undefined => {
    if (typeof cell !== 'string') return undefined;
    const characters = cell.length > length ? [...cell] : undefined;
    if (characters !== undefined && characters.length > length) {
      return characters.slice(length).every((character) => character === ' ')
        ? characters.slice(0, length).join('')
        : undefined;
    }
    return filled ? cell + ' '.repeat(length - [...cell].length) : cell;
  };
  const hint = `Give a string${Number.isFinite(length) ? ` of at most ${length} characters` : ''}.`;
  return named(formedTextCells(new Utf8(), read, hint, sqlstate.string_data_right_truncation), name);
}

function withDigits(cells: CellType, name: string, digits: number | undefined): CellType {
  return digits === undefined ? cells : named(cells, name);
}

function named(cells: CellType, name: string): CellType {
  return { ...cells, metadata: new Map([[POSTGRES_TYPE, name]]) };
}
