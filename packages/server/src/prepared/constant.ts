import { arrayTypeOid, typeOid } from '@riffq/wire';
import { takeTypeName } from '../sql/take-type-name.js';
import type { WordReader } from '../sql/word-reader.js';
import { stringValue } from '../sql/words.js';

/** A constant as SQL writes it: its text, and a type as far as it has one by itself. */
export interface Constant {
  /** Null for NULL. */
  readonly text: string | null;
  /** `unknown` for a string or NULL. */
  readonly typeOid: number;
  /** Types that it is cast to, in turn. */
  readonly casts: readonly number[];
  /** Where it stands in the statement, in characters from 1. */
  readonly position: number;
}

const numbers: ReadonlySet<number> = new Set([typeOid.int4, typeOid.int8, typeOid.numeric]);
const greatest = { int4: 2n ** 31n, int8: 2n ** 63n };

/**
 * Takes a constant: a number, a string, NULL, TRUE, FALSE, an ARRAY of these, each with casts (`'1'::int`, `CAST('1' AS int)`, `int '1'`) and
 * parentheses around it. Undefined for any other expression.
 */
export function takeConstant(words: WordReader): Constant | undefined {
  let constant = takePrimary(words);
  while (constant !== undefined && words.takeSymbol(':')) {
    const type = words.takeSymbol(':') ? takeTypeName(words) : undefined;
    if (type === undefined) return undefined;
    constant = { ...constant, casts: [...constant.casts, type] };
  }
  return constant;
}

function takePrimary(words: WordReader): Constant | undefined {
  const { word, position } = words;
  const known = (text: string | null, oid: number): Constant => ({ text, typeOid: oid, casts: [], position });
  if (word?.kind === 'string' && !/^[bx]/i.test(word.text)) {
    words.skip();
    return known(stringValue(word.text), typeOid.unknown);
  }
  if (words.take('NULL')) return known(null, typeOid.unknown);
  if (words.take('TRUE')) return known('true', typeOid.bool);
  if (words.take('FALSE')) return known('false', typeOid.bool);
  if (words.take('CAST')) return takeCast(words);
  if (words.takeSymbol('(')) {
    const inner = takeConstant(words);
    return words.takeSymbol(')') ? inner : undefined;
  }
  if (words.rest[1]?.text === '[' && words.take('ARRAY')) return takeArray(words, position);
  const number = takeNumber(words);
  if (number !== undefined) return known(number, typeOfNumber(number));
  // int '1': a name that no string follows is a column's, or a function's.
  if (word?.kind !== 'word' || !words.rest.some(({ kind }) => kind === 'string')) return undefined;
  const type = takeTypeName(words);
  const value = words.word?.kind === 'string' ? words.skip() : undefined;
  if (type === undefined || value === undefined) return undefined;
  return { ...known(stringValue(value.text), typeOid.unknown), casts: [type] };
}

/** `CAST('1' AS int)`, behind CAST. */
function takeCast(words: WordReader): Constant | undefined {
  const inner = words.takeSymbol('(') ? takeConstant(words) : undefined;
  const type = inner !== undefined && words.take('AS') ? takeTypeName(words) : undefined;
  if (inner === undefined || type === undefined || !words.takeSymbol(')')) return undefined;
  return { ...inner, casts: [...inner.casts, type] };
}

/** `ARRAY['a', 'b']`, behind ARRAY. */
function takeArray(words: WordReader, position: number): Constant | undefined {
  const elements: Constant[] = [];
  words.takeSymbol('[');
  do {
    const element = takeConstant(words);
    if (element === undefined) return undefined;
    elements.push(element);
  } while (words.takeSymbol(','));
  const type = arrayTypeOid(commonType(elements) ?? 0);
  if (type === undefined || !words.takeSymbol(']')) return undefined;
  const texts = elements.map(({ text }) => (text === null ? 'NULL' : `"${text.replaceAll(/["\\]/g, '\\$&')}"`));
  return { text: `{${texts.join()}}`, typeOid: type, casts: [], position };
}

/** The type of an array's elements; undefined where PostgreSQL would look for one that all can be made into. */
function commonType(elements: readonly Constant[]): number | undefined {
  const types = new Set(elements.map(({ casts, typeOid: type }) => casts.at(-1) ?? type));
  types.delete(typeOid.unknown);
  const [type = typeOid.text, ...others] = types;
  if (others.length === 0) return type;
  const larger = [typeOid.numeric, typeOid.int8].find((number) => types.has(number));
  return [...types].every((each) => numbers.has(each)) ? larger : undefined;
}

/** `-1.5e-3`, `0x1F`: the lexer has its parts, which stand without blanks between them. */
function takeNumber(words: WordReader): string | undefined {
  let sign = '';
  while (words.word?.text === '-' || words.word?.text === '+') {
    if (words.skip()?.text === '-') sign = sign === '' ? '-' : '';
  }
  const first = words.word;
  if (first?.kind === 'number' && /^0[xob]/i.test(first.text)) {
    words.skip();
    return sign + BigInt(first.text.replaceAll('_', ''));
  }
  let text = '';
  let end = first?.start ?? 0;
  for (let { word } = words; word !== undefined && word.start === end; word = words.word) {
    const longer = text + (word.kind === 'number' ? word.text.replaceAll('_', '') : word.text);
    if (!/^(\d+\.?\d*|\.\d*)(e[-+]?\d*)?$/i.test(longer)) break;
    text = longer;
    end = word.end;
    words.skip();
  }
  return /\d$|^\d+\.$/.test(text) ? sign + text : undefined;
}

function typeOfNumber(text: string): number {
  if (!/^-?\d+$/.test(text)) return typeOid.numeric;
  const number = BigInt(text);
  const size = number < 0n ? -number : number + 1n;
  if (size <= greatest.int4) return typeOid.int4;
  return size <= greatest.int8 ? typeOid.int8 : typeOid.numeric;
}
