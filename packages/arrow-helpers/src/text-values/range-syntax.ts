/** Ranges as they are written: https://www.postgresql.org/docs/18/rangetypes.html#RANGETYPES-IO */

/** A range whose bounds nobody has looked at; undefined stands for a bound that there is not. */
export interface WrittenRange {
  readonly lower: string | undefined;
  readonly upper: string | undefined;
  readonly includesLower: boolean;
  readonly includesUpper: boolean;
}

/** `'empty'` is the range that holds nothing. */
export type RangeLiteral = WrittenRange | 'empty';

const SPACE = /\s*/y;
const EMPTY = /empty(?![a-z])/iy;
const DELIMITERS = ',)](['.split('');
const NEEDS_QUOTES = /^$|["\\()[\],\s]/;

/** Reads `[1,5)`; undefined for what is none. */
export function parseRange(text: string): RangeLiteral | undefined {
  const scanner = new RangeScanner(text);
  const range = scanner.range();
  return scanner.isAtEnd() ? range : undefined;
}

/** Reads `{[1,5),[7,9)}`; undefined for what is none. */
export function parseMultirange(text: string): readonly RangeLiteral[] | undefined {
  const scanner = new RangeScanner(text);
  const ranges: RangeLiteral[] = [];
  if (!scanner.takes('{')) return undefined;
  if (!scanner.takes('}')) {
    do {
      const range = scanner.range();
      if (range === undefined) return undefined;
      ranges.push(range);
    } while (scanner.takes(','));
    if (!scanner.takes('}')) return undefined;
  }
  return scanner.isAtEnd() ? ranges : undefined;
}

/** A range as PostgreSQL prints it. */
export function formatRange(range: RangeLiteral): string {
  if (range === 'empty') return range;
  const { lower, upper, includesLower, includesUpper } = range;
  return `${includesLower ? '[' : '('}${boundText(lower)},${boundText(upper)}${includesUpper ? ']' : ')'}`;
}

function boundText(bound: string | undefined): string {
  if (bound === undefined) return '';
  return NEEDS_QUOTES.test(bound) ? `"${bound.replace(/["\\]/g, '$&$&')}"` : bound;
}

class RangeScanner {
  #at = 0;

  constructor(private readonly text: string) {}

  isAtEnd(): boolean {
    this.#match(SPACE);
    return this.#at === this.text.length;
  }

  takes(character: string): boolean {
    this.#match(SPACE);
    const found = this.text[this.#at] === character;
    if (found) this.#at += 1;
    return found;
  }

  range(): RangeLiteral | undefined {
    this.#match(SPACE);
    if (this.#match(EMPTY) !== undefined) return 'empty';
    const includesLower = this.takes('[');
    if (!includesLower && !this.takes('(')) return undefined;
    const lower = this.#bound();
    if (lower === 'malformed' || this.text[this.#at++] !== ',') return undefined;
    const upper = this.#bound();
    const end = this.text[this.#at++];
    if (upper === 'malformed' || (end !== ']' && end !== ')')) return undefined;
    return { lower: lower.text, upper: upper.text, includesLower, includesUpper: end === ']' };
  }

  /** What stands before the next delimiter; a bound that is not there has no text. */
  #bound(): { readonly text: string | undefined } | 'malformed' {
    const start = this.#at;
    let [text, isQuoted] = ['', false];
    for (; isQuoted || !DELIMITERS.includes(this.text[this.#at] ?? ''); this.#at += 1) {
      const character = this.text[this.#at];
      if (character === undefined) return 'malformed';
      if (character === '\\') {
        this.#at += 1;
        text += this.text[this.#at] ?? '';
      } else if (character !== '"') text += character;
      else if (isQuoted && this.text[this.#at + 1] === '"') {
        this.#at += 1;
        text += '"';
      } else isQuoted = !isQuoted;
    }
    return { text: start === this.#at ? undefined : text };
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}
