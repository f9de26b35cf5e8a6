import { sqlstate } from '@riffq/wire';
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
} from 'apache-arrow/type';
import { modifiersOf, type PostgresType, resolvePostgresType } from '../postgres-type-name.js';
import { type TextFit, textFit } from '../type-modifier/fit-text.js';
import { binaryCells } from './binary-cells.js';
import { boolCells } from './bool-cells.js';
import { type CellType, POSTGRES_TYPE } from './cell-type.js';
import { dateCells } from './date-cells.js';
import { decimalCells } from './decimal-cells.js';
import { intervalCells } from './interval-cells.js';
import { floatCells, integerCells } from './number-cells.js';
import { formedTextCells, type TextReader, textCells } from './text-cells.js';
import { anyText, textTypes } from './text-types.js';
import { timeCells } from './time-cells.js';
import { timestampCells } from './timestamp-cells.js';
import { timetzCells } from './timetz-cells.js';

/** The bits of an Arrow decimal that is wide enough for so many digits; a wider numeric goes as text. */
const DECIMAL_WIDTHS = [
  { digits: 38, bits: 128 },
  { digits: 76, bits: 256 },
];

type Maker = (modifiers: readonly number[], name: string, type: PostgresType) => CellType;

const makers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['bool', () => boolCells],
  ['int2', () => integerCells(new Int16())],
  ['int4', () => integerCells(new Int32())],
  ['int8', () => integerCells(new Int64())],
  ['oid', (_, name) => named(integerCells(new Uint32()), name)],
  ['float4', () => floatCells(new Float32())],
  ['float8', () => floatCells(new Float64())],
  ['numeric', numeric],
  ['varchar', (modifiers, name, type) => (modifiers.length === 0 ? textCells(new Utf8()) : limitedText(name, type))],
  ['bpchar', (_, name, type) => limitedText(name, type)],
  ['bytea', () => binaryCells(new Binary())],
  ['date', () => dateCells(new DateDay())],
  ['time', ([digits], name) => withDigits(timeCells(new TimeMicrosecond(), digits), name, digits)],
  ['timetz', (_, name, type) => named(timetzCells(textFit(type)), name)],
  ['timestamp', ([digits], name) => withDigits(timestampCells(new TimestampMicrosecond(), digits), name, digits)],
  [
    'timestamptz',
    ([digits], name) => withDigits(timestampCells(new TimestampMicrosecond('UTC'), digits), name, digits),
  ],
  [
    'interval',
    (_, name, { typeModifier }) => {
      const cells = intervalCells(new IntervalMonthDayNano());
      return typeModifier < 0 ? cells : named(cells, name);
    },
  ],
]);

/**
 * The cells of a PostgreSQL type; undefined for a name that it does not have.
 *
 * @param modifiers - what stands in parentheses
 */
export function postgresType(writtenName: string, modifiers: readonly string[]): CellType | undefined {
  const numbers = modifiersOf(writtenName, modifiers.map(Number));
  const type = resolvePostgresType(writtenName, numbers);
  if (type === undefined || type.name.startsWith('_')) return undefined;
  const { name, typeModifier } = type;
  const fullName = `${sqlName(name, writtenName, numbers)}${typeModifier < 0 || numbers.length === 0 ? '' : `(${numbers.join(',')})`}`;
  return makers.get(name)?.(numbers, fullName, type) ?? textType(type, name, fullName);
}

function sqlName(name: string, writtenName: string, modifiers: readonly number[]): string {
  // The type of one character is quoted in SQL, because char alone is another; so are bits of any number, as bit alone is one.
  if (name === 'char' || (name === 'bit' && modifiers.length === 0)) return `"${name}"`;
  return name === 'interval' ? writtenName.replace(/^pg_catalog\./, '').replaceAll('"', '') : name;
}

function textType(type: PostgresType, name: string, fullName: string): CellType {
  if (name === 'text') return named(textCells(new Utf8()), fullName);
  const { read, hint } = textTypes.get(name) ?? anyText;
  const state = sqlstate.invalid_text_representation;
  return named(formedTextCells(new Utf8(), fitted(read, textFit(type)), hint, state), fullName);
}

function numeric([precision, scale = 0]: readonly number[], name: string, type: PostgresType): CellType {
  const width = DECIMAL_WIDTHS.find(({ digits }) => precision !== undefined && precision <= digits);
  if (precision === undefined || width === undefined) return textType(type, 'numeric', name);
  return decimalCells(new Decimal(scale, precision, width.bits));
}

/** char(n) is filled with blanks, varchar(n) is not; of both, only blanks are cut off. */
function limitedText(name: string, type: PostgresType): CellType {
  const read = fitted(anyText.read, textFit(type));
  return named(formedTextCells(new Utf8(), read, anyText.hint, sqlstate.string_data_right_truncation), name);
}

function fitted(read: TextReader, fit: TextFit | undefined): TextReader {
  if (fit === undefined) return read;
  return (cell, context) => {
    const text = read(cell, context);
    return text === undefined ? undefined : fit(text);
  };
}

function withDigits(cells: CellType, name: string, digits: number | undefined): CellType {
  return digits === undefined ? cells : named(cells, name);
}

function named(cells: CellType, name: string): CellType {
  return { ...cells, metadata: new Map([[POSTGRES_TYPE, name]]) };
}
