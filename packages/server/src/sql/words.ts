import { Lexer, type TokenKind } from './lexer.js';

/** A token with what the small parsers of session statements ask of it. */
export interface Word {
  readonly kind: TokenKind;
  /** Upper-case for an unquoted word, else empty. */
  readonly keyword: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** All tokens of a statement; for short statements only. */
export function wordsOf(sql: string): readonly Word[] {
  const words: Word[] = [];
  const lexer = new Lexer(sql);
  while (lexer.next()) {
    const { kind, keyword, text, start, end } = lexer;
    words.push({ kind, keyword, text, start, end });
  }
  return words;
}

/** What a string constant says: quotes taken off, its parts put together, doubled quotes and backslashes of E'' resolved. */
export function stringValue(text: string): string {
  if (text.startsWith('$')) {
    const tag = text.slice(0, text.indexOf('$', 1) + 1);
    return text.slice(tag.length, -tag.length);
  }
  if (/^e/i.test(text)) return text.slice(2, -1).replace(quotesOrEscape, resolved);
  return text.slice(text.indexOf("'") + 1, -1).replace(quotes, joined);
}

/** Two quotes: doubled, or the end of one part of the string and the beginning of the next. */
const quotes = /'((?:[ \t\n\r\f\v]|--[^\n\r]*[\n\r])*)'/g;
const escapeSequence = /\\(x[0-9a-f]{1,2}|u[0-9a-f]{4}|U00(?:0[0-9a-f]|10)[0-9a-f]{4}|[0-7]{1,3}|.)/;
const quotesOrEscape = new RegExp(`${quotes.source}|${escapeSequence.source}`, 'gis');
const letters: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

function joined(_: string, between: string): string {
  return between === '' ? "'" : '';
}

function resolved(whole: string, between: string | undefined, sequence: string): string {
  return between === undefined ? escapedCharacter(sequence) : joined(whole, between);
}

/** What an escape of E'' stands for (manual, section 4.1.2.2). */
function escapedCharacter(sequence: string): string {
  if (/^[0-7]/.test(sequence)) return String.fromCodePoint(Number.parseInt(sequence, 8));
  if (/^[xu]./i.test(sequence)) return String.fromCodePoint(Number.parseInt(sequence.slice(1), 16));
  return letters.get(sequence) ?? sequence;
}
