import { moments } from './moment-text.js';
import type { ArrayValue, PostgresValue } from './postgres-value.js';

/** Text of which the digits of floating-point numbers are left open: any that say the same number as shortly will do. */
export type OpenText = readonly (string | FloatText)[];

interface FloatText {
  readonly value: number;
  readonly single: boolean;
}

/** The text that PostgreSQL prints. */
export function textOf(value: PostgresValue): OpenText {
  switch (value.kind) {
    case 'bool':
      return [value.value ? 't' : 'f'];
    case 'int':
      return [String(value.value)];
    case 'float':
      return floatText(value);
    case 'numeric':
      return [numericText(value.unscaled, value.scale)];
    case 'text':
    case 'json':
      return [value.value];
    case 'bytea':
      return [`\\x${hexOf(value.value)}`];
    case 'uuid':
      return [hexOf(value.value).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')];
    case 'array':
      return arrayText(value, value.elements.map(elementText));
    case 'list':
    case 'object':
      return jsonOf(value);
    default:
      return [moments(value)];
  }
}

function floatText({ value, single }: FloatText): OpenText {
  if (Number.isNaN(value)) return ['NaN'];
  return Number.isFinite(value) ? [{ value, single }] : [value > 0 ? 'Infinity' : '-Infinity'];
}

function numericText(unscaled: bigint, scale: number): string {
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

const neverQuoted: ReadonlySet<string> = new Set(['bool', 'int', 'float', 'numeric']);

function elementText(element: PostgresValue | null): OpenText {
  if (element === null) return ['NULL'];
  const parts = textOf(element);
  const whole = parts.filter((part) => typeof part === 'string').join('');
  if (neverQuoted.has(element.kind) || (whole !== '' && !/[\s"\\{},]|^null$/i.test(asciiSpaces(whole)))) return parts;
  return ['"', ...parts.map((part) => (typeof part === 'string' ? part.replace(/["\\]/g, '\\$&') : part)), '"'];
}

/** PostgreSQL's arrays know no other spaces than ASCII's. */
function asciiSpaces(text: string): string {
  return text.replace(/[^\p{ASCII}]/gu, 'x');
}

/** Elements in a row as braces in braces. */
function arrayText({ lengths }: ArrayValue, elements: readonly OpenText[]): OpenText {
  let items = elements;
  for (const length of lengths.toReversed()) {
    const lists: OpenText[] = [];
    for (let at = 0; at < items.length; at += length) lists.push(['{', ...joined(items.slice(at, at + length)), '}']);
    items = lists;
  }
  return lengths.length === 0 ? ['{}'] : items[0]!;
}

function joined(items: readonly OpenText[]): OpenText {
  return items.flatMap((item, index) => (index === 0 ? item : [',', ...item]));
}

/** A part of JSON, as to_json writes it. */
function jsonOf(value: PostgresValue | null): OpenText {
  if (value === null) return ['null'];
  switch (value.kind) {
    case 'bool':
      return [String(value.value)];
    case 'int':
    case 'numeric':
      return textOf(value);
    case 'float':
      return Number.isFinite(value.value) ? textOf(value) : ['"', ...textOf(value), '"'];
    case 'json':
      return [value.value];
    case 'list':
      return ['[', ...joined(value.elements.map(jsonOf)), ']'];
    case 'object':
      return ['{', ...joined(value.members.map(([key, member]) => [...keyOf(key), ':', ...jsonOf(member)])), '}'];
    case 'timestamp':
      return [JSON.stringify(moments(value).replace(' ', 'T').replace('+00', '+00:00'))];
    default:
      return quoted(textOf(value));
  }
}

/** A key is a string, whatever it is of. */
function keyOf(key: PostgresValue): OpenText {
  if (key.kind === 'timestamp') return jsonOf(key);
  return quoted(key.kind === 'bool' ? [String(key.value)] : textOf(key));
}

function quoted(parts: OpenText): OpenText {
  return ['"', ...parts.map((part) => (typeof part === 'string' ? JSON.stringify(part).slice(1, -1) : part)), '"'];
}

const digits = /-?\d+(?:\.\d+)?(?:e[+-]\d{2,3})?/y;

/** The text with the digits that were received, where these are right. */
export function closedText(parts: OpenText, received: string): string {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    digits.lastIndex = text.length;
    const found = digits.exec(received)?.[0] ?? '';
    text += saysShortly(found, part) ? found : String(part.value);
  }
  return text;
}

/** Whether digits are read as the number, and no fewer are. */
function saysShortly(text: string, { value, single }: FloatText): boolean {
  const read = (candidate: string): number => (single ? Math.fround(Number(candidate)) : Number(candidate));
  if (!Object.is(read(text), value)) return false;
  const [mantissa = '', exponent] = text.replace('-', '').split('e');
  const shown = mantissa.replace('.', '').replace(/^0+/, '').replace(/0+$/, '').length || 1;
  const magnitude = value === 0 ? 0 : Number(value.toExponential().split('e')[1]);
  const isFixed = magnitude >= -4 && magnitude < (single ? 6 : 15);
  if (isFixed !== (exponent === undefined) || /\.\d*0$/.test(mantissa)) return false;
  // Between whole numbers that are far apart, PostgreSQL does not take what lies just in the middle.
  if (Math.abs(value) >= (single ? 2 ** 24 : 2 ** 53)) return shown <= (single ? 9 : 17);
  return shown === 1 || !Object.is(read(value.toPrecision(shown - 1)), value);
}
