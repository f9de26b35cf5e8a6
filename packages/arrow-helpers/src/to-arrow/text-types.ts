import { typeOid } from '@riffq/wire';
import { toJsonb } from '../encode/jsonb.js';
import { defaultInputSettings } from '../input-settings.js';
import { defaultOutputSettings } from '../output-settings.js';
import { formatDecimal, parseDecimal, scaledInteger } from '../text-values/decimal-text.js';
import { formatLsn, readLsn } from '../text-values/lsn-text.js';
import { readMacAddress, readMacAddress8 } from '../text-values/mac-address-text.js';
import { formatMoney, readMoney } from '../text-values/money-text.js';
import { readCidr, readInet } from '../text-values/network-text.js';
import { readUuid } from '../text-values/uuid-text.js';
import { parseNumeric } from '../type-functions/parse-numeric.js';
import { textToText } from '../type-functions/string-conversions.js';
import { jsonOfValue } from './json-of-value.js';
import type { TextReader } from './text-cells.js';

/** A PostgreSQL type that has no Arrow type of its own and goes as text, with its name in the field's metadata. */
export interface TextType {
  readonly read: TextReader;
  readonly hint: string;
}

/** JSON as it is written, or a value of which it is made; a string always is JSON text. */
export const jsonText: TextType = { read: readJson, hint: 'Give JSON text, or a value that can be written as JSON.' };

/** The text types, by their names in pg_type. All others of PostgreSQL's are strings that are not looked at. */
export const textTypes: ReadonlyMap<string, TextType> = new Map([
  ['numeric', { read: readNumeric, hint: 'Give a number, a bigint or its digits as a string.' }],
  ['json', jsonText],
  ['jsonb', { ...jsonText, read: readJsonb }],
  ['uuid', { read: ofString(readUuid), hint: 'Give the 36 characters of a UUID.' }],
  ['money', { read: readAmount, hint: 'Give a number, a bigint, or a string such as $12.30.' }],
  ['inet', { read: ofString(readInet), hint: 'Give an IP address, perhaps with the bits of its network.' }],
  ['cidr', { read: ofString(readCidr), hint: 'Give an IP network.' }],
  ['macaddr', { read: ofString(readMacAddress), hint: 'Give 08:00:2b:01:02:03.' }],
  ['macaddr8', { read: ofString(readMacAddress8), hint: 'Give 08:00:2b:01:02:03:04:05.' }],
  ['bit', { read: printed(typeOid.varbit), hint: 'Give a string of 0 and 1, or of hexadecimal digits behind an x.' }],
  [
    'varbit',
    { read: printed(typeOid.varbit), hint: 'Give a string of 0 and 1, or of hexadecimal digits behind an x.' },
  ],
  ['pg_lsn', { read: ofString(canonicalLsn), hint: 'Give two hexadecimal numbers with a slash between them.' }],
  ['xid', { read: readUnsigned, hint: 'Give a whole number from 0.' }],
  ['cid', { read: readUnsigned, hint: 'Give a whole number from 0.' }],
  ['xid8', { read: readUnsigned, hint: 'Give a whole number from 0.' }],
  ['int2vector', { read: readVector, hint: 'Give an array of whole numbers.' }],
  ['oidvector', { read: readVector, hint: 'Give an array of whole numbers.' }],
  ...['regclass', 'regcollation', 'regconfig', 'regdictionary', 'regnamespace', 'regoper', 'regoperator'].map(
    registered,
  ),
  ...['regproc', 'regprocedure', 'regrole', 'regtype'].map(registered),
  ...(['int4', 'int8', 'num', 'date', 'ts', 'tstz'] as const).flatMap(ranges),
]);

/** Strings that are not looked at. */
export const anyText: TextType = {
  read: (cell) => (typeof cell === 'string' ? cell : undefined),
  hint: 'Give a string.',
};

function ofString(read: (text: string) => string | undefined): TextReader {
  return (cell) => (typeof cell === 'string' ? read(cell) : undefined);
}

function readNumeric(cell: unknown): string | undefined {
  const isNumber = typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'bigint';
  return isNumber ? parseNumeric(String(cell)) : undefined;
}

function readJson(cell: unknown): string | undefined {
  if (typeof cell !== 'string') return jsonOfValue(cell);
  try {
    JSON.parse(cell);
    return cell;
  } catch {
    return undefined;
  }
}

function readJsonb(cell: unknown): string | undefined {
  const text = readJson(cell);
  return text === undefined ? undefined : toJsonb(text);
}

function canonicalLsn(text: string): string | undefined {
  const position = readLsn(text);
  return position === undefined ? undefined : formatLsn(position);
}

function readUnsigned(cell: unknown): string | undefined {
  const text = typeof cell === 'string' || typeof cell === 'bigint' || Number.isSafeInteger(cell) ? String(cell) : '';
  return /^\d+$/.test(text) ? text : undefined;
}

function readVector(cell: unknown): string | undefined {
  if (typeof cell === 'string') return cell;
  return Array.isArray(cell) && cell.every(Number.isInteger) ? cell.join(' ') : undefined;
}

/** The two types of the elements' ranges. */
function ranges(name: 'int4' | 'int8' | 'num' | 'date' | 'ts' | 'tstz'): readonly (readonly [string, TextType])[] {
  return [
    [`${name}range`, { read: printed(typeOid[`${name}range`]), hint: 'Give a range such as [1,5) as a string.' }],
    [
      `${name}multirange`,
      { read: printed(typeOid[`${name}multirange`]), hint: 'Give ranges such as {[1,5),[7,9)} as a string.' },
    ],
  ];
}

/** Text that PostgreSQL reads, as it prints it. */
function printed(oid: number): TextReader {
  return (cell, context) =>
    typeof cell === 'string'
      ? textToText(oid, defaultOutputSettings, { ...defaultInputSettings, ...context })?.(cell)
      : undefined;
}

/** Numbers are rounded to cents. */
function readAmount(cell: unknown): string | undefined {
  if (typeof cell === 'number' || typeof cell === 'bigint') {
    const number = parseDecimal(String(cell));
    return number && readAmount(formatDecimal({ coefficient: scaledInteger(number, 2), scale: 2 }));
  }
  const cents = typeof cell === 'string' ? readMoney(cell) : undefined;
  return cents === undefined ? undefined : formatMoney(cents);
}

/** Names of OIDs: a name or the number. */
function registered(name: string): readonly [string, TextType] {
  const read: TextReader = (cell) => (cell === 0 ? '-' : typeof cell === 'string' ? cell : readUnsigned(cell));
  return [name, { read, hint: 'Give a name, or its OID as a number.' }];
}
