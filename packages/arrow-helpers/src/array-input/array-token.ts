import { malformedArray } from './array-error.js';
import { isSpace, skipSpaces } from './scan-text.js';

/** What an array literal is made of. */
export type ArrayToken =
  | { readonly kind: 'open' | 'close' | 'delimiter'; readonly end: number }
  | { readonly kind: 'element'; readonly text: string | null; readonly end: number };

/** Reads the token at `from`, an element with its quotes and backslashes resolved. */
export function readArrayToken(literal: string, from: number, delimiter: string): ArrayToken {
  const start = skipSpaces(literal, from);
  switch (literal[start]) {
    case undefined:
      throw unexpectedEnd(literal);
    case '{':
      return { kind: 'open', end: start + 1 };
    case '}':
      return { kind: 'close', end: start + 1 };
    case delimiter:
      return { kind: 'delimiter', end: start + 1 };
    case '"':
      return readQuoted(literal, start + 1, delimiter);
    default:
      return readUnquoted(literal, start, delimiter);
  }
}

/** PostgreSQL's words for a character that cannot stand where it stands. */
export function unexpectedCharacter(literal: string, character: string): Error {
  return malformedArray(literal, `Unexpected "${character}" character.`);
}

function readQuoted(literal: string, start: number, delimiter: string): ArrayToken {
  let text = '';
  let copied = start;
  for (let at = start; at < literal.length; at++) {
    const character = literal[at];
    if (character === '\\') {
      text += literal.slice(copied, at);
      copied = at + 1;
      at++;
    } else if (character === '"') {
      const end = skipSpaces(literal, at + 1);
      const next = literal[end];
      if (next === undefined) break;
      if (next !== delimiter && next !== '}' && next !== '{') throw incorrectlyQuoted(literal);
      return { kind: 'element', text: text + literal.slice(copied, at), end };
    }
  }
  throw unexpectedEnd(literal);
}

function readUnquoted(literal: string, start: number, delimiter: string): ArrayToken {
  let text = '';
  let copied = start;
  // White space at the end is not part of the element, unless escaped.
  let textEnd = start;
  for (let at = start; at < literal.length; at++) {
    const character = literal[at];
    if (character === delimiter || character === '}') {
      const isNull = copied === start && textEnd - start === 4 && /^null$/i.test(literal.slice(start, textEnd));
      return { kind: 'element', text: isNull ? null : text + literal.slice(copied, textEnd), end: at };
    }
    if (character === '{') throw unexpectedCharacter(literal, '{');
    if (character === '"') throw incorrectlyQuoted(literal);
    if (character === '\\') {
      text += literal.slice(copied, at);
      copied = at + 1;
      at++;
      textEnd = at + 1;
    } else if (!isSpace(literal.charCodeAt(at))) {
      textEnd = at + 1;
    }
  }
  throw unexpectedEnd(literal);
}

function incorrectlyQuoted(literal: string): Error {
  return malformedArray(literal, 'Incorrectly quoted array element.');
}

function unexpectedEnd(literal: string): Error {
  return malformedArray(literal, 'Unexpected end of input.');
}
