import { dateTimeWord } from './date-time-words.js';

/** A part of a date or time as it is written, by its looks. */
export interface DateTimeToken {
  /** `2024-01-01` and all that has punctuation within, `12:30:15.5`, `20240101`, `+01:00`, `Jan`. */
  readonly kind: 'date' | 'time' | 'number' | 'zone' | 'word';
  readonly text: string;
}

/** More than any date has. */
const MOST_TOKENS = 25;

/** What a token may look like, in the order in which it is looked for. */
const FORMS: readonly (readonly [DateTimeToken['kind'], RegExp])[] = [
  ['time', /\d+:[\d:.]*/y],
  ['date', /\d+([-/.])\d+\1(?:\d|\1)*/y],
  ['date', /\d+[-/]\d+/y],
  ['number', /\d+\.\d+/y],
  ['date', /\d+([-/.])(?:[a-z\d]|\1)*/iy],
  ['number', /\d+/y],
  ['number', /\.\d*/y],
  ['zone', /[+-]\s*\d[\d:.-]*/y],
  ['word', /[+-]\s*[a-z]+/iy],
];
const WORD = /[a-z]+/iy;
/** Months and names of zones have punctuation within: `Jan-08-1999`, `Europe/Oslo`, `UTC+3`. */
const PUNCTUATED = /[a-z]+[a-z\d+\-/_.:]*/iy;
const IGNORED = /[\s!-*,./:-@[-`{-~]/y;

/** Takes a date or time apart, as ParseDateTime does; undefined for what cannot be one. */
export function dateTimeTokens(text: string): readonly DateTimeToken[] | undefined {
  const tokens: DateTimeToken[] = [];
  for (let at = 0; at < text.length; ) {
    const found = tokenAt(text, at);
    if (found !== undefined) tokens.push({ ...found, text: found.text.replace(/\s/g, '') });
    else if (matchAt(IGNORED, text, at) === undefined) return undefined;
    at += found?.text.length ?? 1;
    if (tokens.length > MOST_TOKENS) return undefined;
  }
  return tokens;
}

function tokenAt(text: string, at: number): DateTimeToken | undefined {
  const word = matchAt(WORD, text, at);
  if (word !== undefined) return wordAt(text, at, word);
  for (const [kind, form] of FORMS) {
    const found = matchAt(form, text, at);
    if (found !== undefined) return { kind, text: found };
  }
  return undefined;
}

function wordAt(text: string, at: number, word: string): DateTimeToken {
  const next = text[at + word.length] ?? '';
  const isPunctuated = '-/.'.includes(next) || (/[+\d]/.test(next) && dateTimeWord(word) === undefined);
  if (next === '' || !isPunctuated) return { kind: 'word', text: word };
  return { kind: 'date', text: matchAt(PUNCTUATED, text, at) ?? word };
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
