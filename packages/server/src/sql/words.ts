import { Lexer, type TokenKind } from './lexer.js';

/** A token with what the small parsers of session statements ask of it. */
export interface Word {
  readonly kind: TokenKind;
  /** Upper-case for an unquoted word, else empty. */
  readonly keyword: string;
  readonly text: string;
}

/** All tokens of a statement; for short statements only. */
export function wordsOf(sql: string): readonly Word[] {
  const words: Word[] = [];
  const lexer = new Lexer(sql);
  while (lexer.next()) words.push({ kind: lexer.kind, keyword: lexer.keyword, text: lexer.text });
  return words;
}

/** What a string constant says: quotes taken off, doubled quotes and backslashes of E'' resolved. */
export function stringValue(text: string): string {
  if (text.startsWith('$')) {
    const tag = text.slice(0, text.indexOf('$', 1) + 1);
    return text.slice(tag.length, -tag.length);
  }
  if (/^e/i.test(text)) return text.slice(2, -1).replaceAll("''", "'").replace(/\\(.)/gs, '$1');
  return text.slice(text.indexOf("'") + 1, -1).replaceAll("''", "'");
}
