import type { BufferReader } from '@riffq/wire';
import { readArrayBounds } from '../array-input/array-bounds.js';
import { arrayDelimiter } from '../array-input/array-delimiter.js';
import { type ArrayDimension, decodeArrayBinary } from '../array-input/decode-array-binary.js';
import { type ArrayElement, type ArrayElements, decodeArrayText } from '../array-input/decode-array-text.js';
import { isSpace } from '../array-input/scan-text.js';
import { encodeArray } from './encode-array.js';
import { javaScriptValue } from './javascript-value.js';
import type { PostgresValue } from './postgres-value.js';
import type { TypeFunctions } from './type-functions.js';

/** An array whose elements may be lists themselves: the nested lists have their positions in `elements`. */
interface ArrayValue<T> {
  readonly dimensions: readonly ArrayDimension[];
  readonly positions: ArrayElements<number>;
  readonly elements: readonly T[];
}

/** Arrays of a type; in JavaScript nested arrays, one level for each dimension, with null for NULL. */
export function arrayType<T>(elementOid: number, element: TypeFunctions<T>): TypeFunctions<ArrayValue<T>> {
  const delimiter = arrayDelimiter(elementOid);
  return {
    ...(element.isLocal && { isLocal: true }),
    input(text, settings) {
      const elements: T[] = [];
      const positions = decodeArrayText(text, delimiter, (one) => elements.push(element.input(one, settings)) - 1);
      return { dimensions: dimensionsOf(positions, text), positions, elements };
    },
    output({ dimensions, positions, elements }, settings) {
      if (elements.length === 0 && positions.length === 0) return '{}';
      const bounds = dimensions.map(({ lowerBound, length }) => `[${lowerBound}:${lowerBound + length - 1}]`).join('');
      const announced = dimensions.some(({ lowerBound }) => lowerBound !== 1) ? `${bounds}=` : '';
      return announced + format(positions, delimiter, (at) => element.output(elements[at]!, settings));
    },
    receive(reader) {
      const elements: T[] = [];
      const receive = (one: BufferReader): number => elements.push(element.receive(one)) - 1;
      const { dimensions, values } = decodeArrayBinary(reader, elementOid, receive);
      return { dimensions, positions: values, elements };
    },
    send({ dimensions, positions, elements }) {
      const sent = flatten(positions).map((at) => (at === null ? null : element.send(elements[at]!)));
      return encodeArray(elementOid, sent.length === 0 ? [] : dimensions, sent);
    },
    toValue: ({ positions, elements }) => nested(positions, (at) => javaScriptValue(element, elements[at]!)),
  };
}

/** Lower bounds that are not announced are 1. */
function dimensionsOf(positions: ArrayElements<number>, text: string): readonly ArrayDimension[] {
  const { lowerBounds } = readArrayBounds(text);
  const dimensions: ArrayDimension[] = [];
  for (
    let level: ArrayElement<number> = positions;
    Array.isArray(level) && level.length > 0;
    level = level[0] ?? null
  ) {
    dimensions.push({ length: level.length, lowerBound: lowerBounds[dimensions.length] ?? 1 });
  }
  return dimensions;
}

function flatten(level: ArrayElement<number>): readonly (number | null)[] {
  return isLevel(level) ? level.flatMap(flatten) : [level];
}

function nested(level: ArrayElements<number>, valueAt: (position: number) => PostgresValue): readonly PostgresValue[] {
  return level.map((one) => (one === null ? null : isLevel(one) ? nested(one, valueAt) : valueAt(one)));
}

function isLevel(level: ArrayElement<number>): level is ArrayElements<number> {
  return Array.isArray(level);
}

function format(level: ArrayElement<number>, delimiter: string, textAt: (position: number) => string): string {
  if (level === null) return 'NULL';
  if (isLevel(level)) return `{${level.map((one) => format(one, delimiter, textAt)).join(delimiter)}}`;
  const text = textAt(level);
  return needsQuotes(text, delimiter) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
}

function needsQuotes(text: string, delimiter: string): boolean {
  if (text === '' || /^null$/i.test(text)) return true;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if ('"\\{}'.includes(character) || character === delimiter || isSpace(text.charCodeAt(at))) return true;
  }
  return false;
}
