import { PgError, sqlstate } from '@riffq/wire';
import { invalidItem, syntaxError } from './jsonpath-error.js';

/** What an escape sequence stands for, and where it ends. */
export interface Escape {
  readonly text: string;
  readonly end: number;
}

const UNICODE = String.raw`\\u(?:[\dA-Fa-f]{4}|\{[\dA-Fa-f]{1,6}\})`;
const UNICODE_RUN = new RegExp(`(?:${UNICODE})+`, 'y');
const UNFINISHED_UNICODE = new RegExp(String.raw`(?:${UNICODE})*\\u(?:\{[\dA-Fa-f]{0,6}|[\dA-Fa-f]{0,3})`, 'y');
const HEXADECIMAL = /\\x([\dA-Fa-f]{0,2})/y;
const CHARACTER = /\\([^\n])/uy;
const CONTROLS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
const lastCodePoint = 0x10_ffff;

/** Reads the escape sequence that begins at the backslash `at`; Unicode's may be several, which make surrogate pairs. */
export function readEscape(text: string, at: number): Escape {
  const run = match(UNICODE_RUN, text, at)?.[0] ?? '';
  const unfinished = match(UNFINISHED_UNICODE, text, at)?.[0] ?? '';
  if (unfinished.length > run.length) throw syntaxError('invalid Unicode escape sequence', unfinished);
  if (run !== '') return { text: unicodeText(run), end: at + run.length };
  const hexadecimal = match(HEXADECIMAL, text, at);
  if (hexadecimal !== undefined) {
    const [written, digits = ''] = hexadecimal;
    if (digits.length < 2) throw syntaxError('invalid hexadecimal character sequence', written);
    return { text: character(Number.parseInt(digits, 16)), end: at + written.length };
  }
  const [written, escaped] = match(CHARACTER, text, at) ?? [];
  if (written === undefined || escaped === undefined) throw syntaxError('unexpected end after backslash', '\\');
  return { text: CONTROLS[escaped] ?? escaped, end: at + written.length };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function unicodeText(run: string): string {
  let text = '';
  let high: number | undefined;
  for (const [, digits = ''] of run.matchAll(/\\u\{?([\dA-Fa-f]+)/g)) {
    const code = Number.parseInt(digits, 16);
    const isLow = code >= 0xdc00 && code <= 0xdfff;
    if (code >= 0xd800 && code <= 0xdbff) {
      if (high !== undefined) throw surrogate('Unicode high surrogate must not follow a high surrogate.');
      high = code;
    } else if (isLow === (high === undefined)) throw unpaired();
    else {
      text += high === undefined ? character(code) : String.fromCharCode(high, code);
      high = undefined;
    }
  }
  if (high !== undefined) throw unpaired();
  return text;
}

function unpaired(): PgError {
  return surrogate('Unicode low surrogate must follow a high surrogate.');
}

function surrogate(detail: string): PgError {
  return invalidItem(sqlstate.invalid_text_representation, detail);
}

function character(code: number): string {
  if (code === 0) {
    throw new PgError({
      sqlstate: sqlstate.untranslatable_character,
      message: 'unsupported Unicode escape sequence',
      detail: '\\u0000 cannot be converted to text.',
    });
  }
  if (code <= lastCodePoint) return String.fromCodePoint(code);
  throw new PgError({ sqlstate: sqlstate.syntax_error, message: 'invalid Unicode code point' });
}
