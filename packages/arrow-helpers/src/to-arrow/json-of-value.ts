import { CellFault } from './cell-fault.js';
import { describeCell, isBytes, isDate, isMap, isTypedArray, memberPath } from './cells.js';

/** An object or array that is being written. */
interface Level {
  readonly holder: object;
  /** Of an object's members; an array's elements have none. */
  readonly names: readonly string[] | undefined;
  readonly values: ArrayLike<unknown>;
  /** How many of them have been looked at. */
  seen: number;
  isEmpty: boolean;
}

/**
 * The JSON text of any value but a string alone. As `JSON.stringify`, but nothing gets lost: bigints and -0 are numbers, NaN and the
 * infinities strings and bytes hexadecimal ones, as `to_json` has them, Maps objects and typed arrays arrays.
 *
 * @throws CellFault for what has no JSON: functions, symbols, Sets, objects that hold themselves or have no keys of their own ...
 */
export function jsonOfValue(value: unknown): string {
  if (isBytes(value)) throw new CellFault('bytes', '', 'Give JSON text as a string.');
  return isPlainJson(value, MOST_QUICK_LEVELS) ? JSON.stringify(value) : written(value);
}

/** Deeper values may hold themselves. */
const MOST_QUICK_LEVELS = 64;

/** Whether a value is of nothing but what `JSON.stringify`, which is several times as quick, writes without a loss. */
function isPlainJson(value: unknown, levels: number): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return true;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    case 'object':
      return value === null || (levels > 0 && !('toJSON' in value) && holdsPlainJson(value, levels - 1));
    default:
      return false;
  }
}

function holdsPlainJson(value: object, levels: number): boolean {
  if (Array.isArray(value)) {
    for (const element of value) if (!isPlainJson(element, levels)) return false;
    return true;
  }
  if (!isLiteral(value)) return false;
  // Without an array of them; what is inherited, which there is not, would be looked at in vain.
  for (const name in value) if (!isPlainJson(value[name], levels)) return false;
  return true;
}

function isLiteral(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function written(root: unknown): string {
  // Without recursion: PostgreSQL takes JSON that is nested deeper than JavaScript's stack.
  const open: Level[] = [];
  const holders = new Set<object>();
  let text = '';
  for (let value = replaced(root, ''); ; ) {
    const scalar = scalarJson(value);
    if (scalar !== undefined) text += scalar;
    else {
      const level = levelOf(value, open);
      if (holders.has(level.holder)) throw fault(`${describeCell(value)} that holds itself`, open);
      holders.add(level.holder);
      open.push(level);
      text += level.names === undefined ? '[' : '{';
    }
    for (;;) {
      const level = open.at(-1);
      if (level === undefined) return text;
      const { holder, names, values, seen } = level;
      if (seen === values.length) {
        text += names === undefined ? ']' : '}';
        open.pop();
        holders.delete(holder);
        continue;
      }
      level.seen += 1;
      const name = names?.[seen];
      value = replaced(values[seen], name ?? String(seen));
      if (name === undefined) {
        if (seen > 0) text += ',';
        value ??= null;
        break;
      }
      if (value === undefined) continue;
      text += `${level.isEmpty ? '' : ','}${JSON.stringify(name)}:`;
      level.isEmpty = false;
      break;
    }
  }
}

/** What stands for a value: what its `toJSON` gives, or what a wrapper object has in it. */
function replaced(value: unknown, name: string): unknown {
  if (typeof value === 'bigint') {
    const object: object = Object(value);
    return hasToJson(object) ? object.toJSON(name) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  // Of these, toJSON would lose what they are.
  if (isBytes(value) || (isDate(value) && Number.isNaN(value.getTime()))) return value;
  if (hasToJson(value)) return value.toJSON(name);
  return WRAPPER.test(Object.prototype.toString.call(value)) ? value.valueOf() : value;
}

const WRAPPER = /^\[object (?:Number|BigInt|String|Boolean)\]$/;

function hasToJson(value: object): value is { toJSON(name: string): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

function scalarJson(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      if (Object.is(value, -0)) return '-0';
      return Number.isFinite(value) ? String(value) : `"${value}"`;
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      if (value === null) return 'null';
      return isBytes(value) ? `"\\\\x${Buffer.from(value).toString('hex')}"` : undefined;
  }
}

function levelOf(value: unknown, open: readonly Level[]): Level {
  if (typeof value !== 'object' || value === null) throw fault(describeCell(value), open);
  const start = { holder: value, names: undefined, seen: 0, isEmpty: true };
  if (Array.isArray(value) || isTypedArray(value)) return { ...start, values: value };
  if (isMap(value)) return { ...start, names: keysOfMap(value, open), values: [...value.values()] };
  const names = Object.keys(value);
  if (!isPlain(value)) {
    const kind = describeCell(value);
    if (KEYS_ARE_NOT_ALL.test(kind)) throw fault(kind, open);
    if (names.length === 0) throw fault(kind === 'an object' ? 'an object without keys of its own' : kind, open);
  }
  return { ...start, names, values: Object.values(value) };
}

/** Kinds of objects that hold something beside what keys they may have. */
const KEYS_ARE_NOT_ALL = /^(?:a Set|an Error|a DataView|an invalid Date)$/;

/** Whether an object is one that a literal makes, of this realm or another. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

function keysOfMap(map: ReadonlyMap<unknown, unknown>, open: readonly Level[]): readonly string[] {
  const names = new Set<string>();
  for (const key of map.keys()) {
    if (typeof key !== 'string' && typeof key !== 'number' && typeof key !== 'bigint')
      throw fault(`a Map with ${describeCell(key)} as a key`, open, 'Give a Map whose keys are strings.');
    const name = String(key);
    if (names.has(name)) throw fault(`a Map with two keys ${JSON.stringify(name)}`, open, 'Make all keys strings.');
    names.add(name);
  }
  return [...names];
}

function fault(found: string, open: readonly Level[], hint?: string): CellFault {
  const path = open.map(({ names, seen }) => {
    const name = names?.[seen - 1];
    return name === undefined ? `[${seen - 1}]` : memberPath(name);
  });
  return new CellFault(found, path.join(''), hint ?? hintAbout(found));
}

function hintAbout(found: string): string {
  return found === 'a Set'
    ? 'Give an array, such as [...set].'
    : 'Give what JSON has: objects with keys, Maps, arrays, strings, numbers, bigints, booleans, null.';
}
