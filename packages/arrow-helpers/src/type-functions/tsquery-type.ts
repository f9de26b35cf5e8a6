import type { BufferReader } from '@riffq/wire';
import { readInt16 } from './read-number.js';
import { malformed, quoteLexeme } from './tsvector-type.js';
import type { TypeFunctions } from './type-functions.js';

/** A part of a query, as printed. */
interface Part {
  readonly text: string;
  /** Of its operator: one that binds less than the operator around it is put in parentheses. */
  readonly priority: number;
  readonly isPhrase: boolean;
}

type Operator = { readonly kind: 'not' | 'and' | 'or' | 'phrase'; readonly distance: number };

const kinds = [undefined, 'not', 'and', 'or', 'phrase'] as const;
const priorities = { not: 4, and: 2, or: 1, phrase: 3 } as const;
const operand = 1;
const operator = 2;
const mostLexemeBytes = 2047;
const mostBytes = 0xf_ffff;
const mostItems = 0x3fff_ffff / 12;

/** tsquery: text as the client wrote it; binary as PostgreSQL writes it, `'cat' & !( 'rat':* | 'bat' )`. */
export const tsqueryType: TypeFunctions = {
  text: (input) => input,
  binary(reader) {
    const count = reader.uint32();
    if (count > mostItems) throw malformed('invalid size of tsquery');
    const items: (Part | Operator)[] = [];
    let bytes = 0;
    for (let index = 0; index < count; index++) {
      const type = reader.byte();
      if (type === operand) {
        const { part, length } = readOperand(reader);
        bytes += length;
        if (bytes > mostBytes) throw malformed('invalid tsquery: total operand length exceeded');
        items.push(part);
      } else if (type === operator) items.push(readOperator(reader, index === count - 1));
      else throw malformed(`unrecognized tsquery node type: ${signed(type)}`);
    }
    return infix(items);
  },
};

/** As C prints a byte. */
function signed(byte: number): number {
  return (byte << 24) >> 24;
}

function readOperand(reader: BufferReader): { readonly part: Part; readonly length: number } {
  const weight = reader.byte();
  const isPrefix = reader.byte() !== 0;
  const lexeme = reader.cstring();
  const length = Buffer.byteLength(lexeme);
  if (weight > 0xf) throw malformed('invalid tsquery: invalid weight bitmap');
  if (length > mostLexemeBytes) throw malformed('invalid tsquery: operand too long');
  const letters = [...'ABCD'].filter((_, index) => weight & (8 >> index)).join('');
  const suffix = (isPrefix ? '*' : '') + letters;
  const text = quoteLexeme(lexeme) + (suffix === '' ? '' : `:${suffix}`);
  return { part: { text, priority: Number.POSITIVE_INFINITY, isPhrase: false }, length };
}

function readOperator(reader: BufferReader, isLast: boolean): Operator {
  const code = reader.byte();
  const kind = kinds[code];
  if (kind === undefined) throw malformed(`invalid tsquery: unrecognized operator type ${signed(code)}`);
  if (isLast) throw malformed('invalid pointer to right operand');
  return { kind, distance: kind === 'phrase' ? readInt16(reader) : 0 };
}

/** PostgreSQL takes no empty query, though it sends such. Operators come before their operands, the right one before the left: read backwards, they are there when they are needed. */
function infix(items: readonly (Part | Operator)[]): string {
  const parts: Part[] = [];
  const take = (): Part => {
    const part = parts.pop();
    if (part === undefined) throw malformed('malformed tsquery: operand not found');
    return part;
  };
  for (const item of items.toReversed()) {
    if (!('kind' in item)) {
      parts.push(item);
      continue;
    }
    const priority = priorities[item.kind];
    const isPhrase = item.kind === 'phrase';
    const right = take();
    const printed = within(right, priority, isPhrase);
    const text = item.kind === 'not' ? `!${printed}` : `${within(take(), priority, false)} ${sign(item)} ${printed}`;
    parts.push({ text, priority, isPhrase });
  }
  const whole = take();
  if (parts.length > 0) throw malformed('malformed tsquery: extra nodes');
  return whole.text;
}

function within(part: Part, priority: number, isRightOfPhrase: boolean): string {
  return part.priority < priority || (part.isPhrase && isRightOfPhrase) ? `( ${part.text} )` : part.text;
}

function sign({ kind, distance }: Operator): string {
  if (kind === 'phrase') return distance === 1 ? '<->' : `<${distance}>`;
  return kind === 'and' ? '&' : '|';
}
