import { type BufferReader, PgError, sqlstate } from '@riffq/wire';
import { malformed, mostLexemeBytes, quoteLexeme } from './lexeme.js';
import { LexemeScanner } from './lexeme-scanner.js';
import { readInt16 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';
import { uint16, uint32 } from './write-number.js';

interface Operand {
  readonly kind: 'operand';
  readonly lexeme: string;
  /** A bit for each of D, C, B and A; none for all of them. */
  readonly weights: number;
  readonly isPrefix: boolean;
}

interface Operator {
  readonly kind: 'not' | 'and' | 'or' | 'phrase';
  /** Of a phrase's operands. */
  readonly distance: number;
}

/** Operators come before their operands, the right one before the left. */
type Query = readonly (Operand | Operator)[];

/** A part of a query, as printed. */
interface Part {
  readonly text: string;
  /** Of its operator: one that binds less than the operator around it is put in parentheses. */
  readonly priority: number;
  readonly isPhrase: boolean;
}

const kinds = [undefined, 'not', 'and', 'or', 'phrase'] as const;
const priorities = { not: 4, and: 2, or: 1, phrase: 3 } as const;
const operandCode = 1;
const operatorCode = 2;
const mostBytes = 0xf_ffff;
const mostItems = 0x3fff_ffff / 12;
const mostDistance = 0x4000;
/** The letters of the bits, from the highest on. */
const weightLetters = 'ABCD';

/** tsquery, printed as `'cat' & !( 'rat':* | 'bat' )`. */
export const tsqueryType: TypeFunctions<Query> = {
  input: (text) => new QueryParser(text).parse(),
  output: (query) => (query.length === 0 ? '' : infix(query)),
  receive(reader) {
    const count = reader.uint32();
    if (count > mostItems) throw malformed('invalid size of tsquery');
    const query: (Operand | Operator)[] = [];
    let bytes = 0;
    for (let index = 0; index < count; index++) {
      const type = reader.byte();
      if (type === operandCode) {
        const operand = receiveOperand(reader);
        bytes += Buffer.byteLength(operand.lexeme);
        if (bytes > mostBytes) throw malformed('invalid tsquery: total operand length exceeded');
        query.push(operand);
      } else if (type === operatorCode) query.push(receiveOperator(reader, index === count - 1));
      else throw malformed(`unrecognized tsquery node type: ${signed(type)}`);
    }
    // PostgreSQL takes no empty query, though it sends such: whether all is there is found out by printing it.
    infix(query);
    return query;
  },
  send: (query) => Buffer.concat([uint32(query.length), ...query.flatMap(sendItem)]),
};

/** As C prints a byte. */
function signed(byte: number): number {
  return (byte << 24) >> 24;
}

function receiveOperand(reader: BufferReader): Operand {
  const weights = reader.byte();
  const isPrefix = reader.byte() !== 0;
  const lexeme = reader.cstring();
  if (weights > 0xf) throw malformed('invalid tsquery: invalid weight bitmap');
  if (Buffer.byteLength(lexeme) > mostLexemeBytes) throw malformed('invalid tsquery: operand too long');
  return { kind: 'operand', lexeme, weights, isPrefix };
}

function receiveOperator(reader: BufferReader, isLast: boolean): Operator {
  const code = reader.byte();
  const kind = kinds[code];
  if (kind === undefined) throw malformed(`invalid tsquery: unrecognized operator type ${signed(code)}`);
  if (isLast) throw malformed('invalid pointer to right operand');
  return { kind, distance: kind === 'phrase' ? readInt16(reader) : 0 };
}

function sendItem(item: Operand | Operator): readonly Uint8Array[] {
  if (item.kind === 'operand') {
    const head = Uint8Array.of(operandCode, item.weights, item.isPrefix ? 1 : 0);
    return [head, Buffer.from(`${item.lexeme}\0`)];
  }
  const head = Uint8Array.of(operatorCode, kinds.indexOf(item.kind));
  return item.kind === 'phrase' ? [head, uint16(item.distance)] : [head];
}

/** Read backwards, operands are there when they are needed. */
function infix(query: Query): string {
  const parts: Part[] = [];
  const take = (): Part => {
    const part = parts.pop();
    if (part === undefined) throw malformed('malformed tsquery: operand not found');
    return part;
  };
  for (const item of query.toReversed()) {
    if (item.kind === 'operand') {
      parts.push({ text: operandText(item), priority: Number.POSITIVE_INFINITY, isPhrase: false });
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

function operandText({ lexeme, weights, isPrefix }: Operand): string {
  const letters = [...weightLetters].filter((_, index) => weights & (8 >> index)).join('');
  const suffix = (isPrefix ? '*' : '') + letters;
  return quoteLexeme(lexeme) + (suffix === '' ? '' : `:${suffix}`);
}

function within(part: Part, priority: number, isRightOfPhrase: boolean): string {
  return part.priority < priority || (part.isPhrase && isRightOfPhrase) ? `( ${part.text} )` : part.text;
}

function sign({ kind, distance }: Operator): string {
  if (kind === 'phrase') return distance === 1 ? '<->' : `<${distance}>`;
  return kind === 'and' ? '&' : '|';
}

/** As PostgreSQL's makepol. */
class QueryParser {
  readonly #text: string;
  readonly #scanner: LexemeScanner;
  /** Operators behind their operands. */
  readonly #query: (Operand | Operator)[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#scanner = new LexemeScanner(text, 'tsquery');
  }

  parse(): Query {
    this.#scanner.skipSpaces();
    if (this.#scanner.isAtEnd) return [];
    this.#operators(false);
    return this.#query.reverse();
  }

  /** What stands in parentheses, or all there is. */
  #operators(isEnclosed: boolean): void {
    const waiting: Operator[] = [];
    this.#operand(waiting);
    for (;;) {
      this.#scanner.skipSpaces();
      if (isEnclosed ? this.#scanner.takes(')') : this.#scanner.isAtEnd) break;
      const operator = this.#operator();
      this.#release(waiting, operator);
      waiting.push(operator);
      this.#operand(waiting);
    }
    this.#release(waiting, undefined);
  }

  #operand(waiting: Operator[]): void {
    this.#scanner.skipSpaces();
    while (this.#scanner.takes('!')) {
      waiting.push({ kind: 'not', distance: 0 });
      this.#scanner.skipSpaces();
    }
    if (this.#scanner.isAtEnd) throw this.#noOperand();
    if (this.#scanner.takes('(')) this.#operators(true);
    else this.#query.push(this.#word());
  }

  #word(): Operand {
    const lexeme = this.#scanner.word() ?? '';
    if (Buffer.byteLength(lexeme) >= mostLexemeBytes) {
      throw new PgError({
        sqlstate: sqlstate.program_limit_exceeded,
        message: `word is too long in tsquery: "${this.#text}"`,
      });
    }
    const [, letters = ''] = this.#scanner.match(/:([a-d*]*)/iy) ?? [];
    const weights = [...weightLetters].map((letter, index) =>
      letters.toUpperCase().includes(letter) ? 8 >> index : 0,
    );
    const all = weights.reduce((bits, bit) => bits | bit, 0);
    return { kind: 'operand', lexeme, weights: all, isPrefix: letters.includes('*') };
  }

  #operator(): Operator {
    if (this.#scanner.takes('&')) return { kind: 'and', distance: 0 };
    if (this.#scanner.takes('|')) return { kind: 'or', distance: 0 };
    const [, written] = this.#scanner.match(/<(-|\d+)>/y) ?? [];
    if (written === undefined) throw this.#scanner.error();
    const distance = written === '-' ? 1 : Number(written);
    if (distance <= mostDistance) return { kind: 'phrase', distance };
    throw new PgError({
      sqlstate: sqlstate.invalid_parameter_value,
      message: `distance in phrase operator must be an integer value between zero and ${mostDistance} inclusive`,
    });
  }

  /** Those that bind as much as the next one or more have all their operands. */
  #release(waiting: Operator[], next: Operator | undefined): void {
    const priority = next === undefined ? 0 : priorities[next.kind];
    for (let last = waiting.at(-1); last !== undefined && priorities[last.kind] >= priority; last = waiting.at(-1)) {
      this.#query.push(last);
      waiting.pop();
    }
  }

  #noOperand(): PgError {
    return new PgError({ sqlstate: sqlstate.syntax_error, message: `no operand in tsquery: "${this.#text}"` });
  }
}
