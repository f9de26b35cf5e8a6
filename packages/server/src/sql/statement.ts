import { Lexer } from './lexer.js';

/** One statement of a query text and what its words say about it; nothing here knows its meaning. */
export interface Statement {
  /** Without the closing semicolon and the blanks around it. */
  readonly sql: string;
  /** The client's whole text, and where `sql` begins in it, in UTF-16 units from 0. */
  readonly text: string;
  readonly offset: number;
  /** The first word in upper case, also that of a query in parentheses; empty where something else stands first. */
  readonly keyword: string;
  /** The highest number of a `$n` in it that is its own. */
  readonly parameterCount: number;
  readonly returning: boolean;
  /** A word that writes (INSERT, UPDATE, DELETE, MERGE, but not FOR UPDATE) stands somewhere behind the first keyword. */
  readonly writesInside: boolean;
  /** INTO stands somewhere, and not behind a word that writes: SELECT ... INTO makes a table. */
  readonly selectsInto: boolean;
  /** Whether it can be nobody's but the user's handler's; undefined until somebody has found out. */
  isPlain: boolean | undefined;
  /** What `mayWrite` says of it; undefined until somebody has asked. */
  mayWrite: boolean | undefined;
}

const semicolon = 59;
const openParenthesis = 40;
const closeParenthesis = 41;
/** What may stand in parentheses. */
const queries = new Set(['SELECT', 'VALUES', 'TABLE', 'WITH', 'FROM']);
const writingKeywords = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/**
 * Splits a query text at its semicolons as psql does: not inside quotes, comments, parentheses (CREATE RULE ... DO (a; b))
 * or the body of BEGIN ATOMIC ... END. Empty statements are left out. One by one, because a text may hold millions.
 *
 * @param escapes - whether a backslash escapes in any string
 */
export function* splitStatements(sql: string, escapes = false): Generator<Statement, void, undefined> {
  const lexer = new Lexer(sql, escapes);
  let parenthesisDepth = 0;
  let bodyDepth = 0;
  let previousWord = '';
  let scan = new Scan();
  while (lexer.next()) {
    if (lexer.kind === 'symbol') {
      const code = lexer.code;
      if (code === openParenthesis) parenthesisDepth += 1;
      else if (code === closeParenthesis) parenthesisDepth = Math.max(0, parenthesisDepth - 1);
      else if (code === semicolon && parenthesisDepth === 0 && bodyDepth === 0) {
        if (scan.end > 0) yield scan.finish(sql);
        scan = new Scan();
        previousWord = '';
        continue;
      }
    } else if (lexer.kind === 'word') {
      const word = lexer.keyword;
      if (scan.awaitsKeyword) scan.keyword = scan.end === 0 || queries.has(word) ? word : '';
      else if (word === 'RETURNING') scan.returning = true;
      else if (writingKeywords.has(word)) scan.writesInside ||= !isLock(previousWord, word);
      else if (word === 'INTO') scan.selectsInto ||= !writingKeywords.has(previousWord);
      if (scan.keyword === 'CREATE') bodyDepth = depthOfBody(bodyDepth, previousWord, word);
      previousWord = word;
    } else if (lexer.kind === 'parameter') {
      scan.parameterCount = Math.max(scan.parameterCount, Number(sql.slice(lexer.start + 1, lexer.end)));
    }
    if (lexer.kind !== 'symbol' || lexer.code !== openParenthesis) scan.awaitsKeyword = false;
    if (scan.end === 0) scan.start = lexer.start;
    scan.end = lexer.end;
  }
  if (scan.end > 0) yield scan.finish(sql);
}

/** The statement that begins behind so many characters of another one, such as that of PREPARE; undefined if there is none. */
export function innerStatement(text: string, from: number): Statement | undefined {
  const [inner] = splitStatements(text.slice(from));
  return inner && { ...inner, text, offset: from + inner.offset };
}

/** What is known of a statement while it is read. */
class Scan {
  start = 0;
  end = 0;
  keyword = '';
  /** Nothing but open parentheses has come. */
  awaitsKeyword = true;
  parameterCount = 0;
  returning = false;
  writesInside = false;
  selectsInto = false;

  finish(text: string): Statement {
    const { start, keyword, returning, writesInside, selectsInto } = this;
    const sql = text.slice(start, this.end);
    // Those of PREPARE are the prepared statement's: EXECUTE gives them values.
    const parameterCount = keyword === 'PREPARE' ? 0 : this.parameterCount;
    const unasked = { isPlain: undefined, mayWrite: undefined };
    return { sql, text, offset: start, keyword, parameterCount, returning, writesInside, selectsInto, ...unasked };
  }
}

/** FOR UPDATE and FOR NO KEY UPDATE lock what a query reads. */
function isLock(previousWord: string, word: string): boolean {
  return word === 'UPDATE' && (previousWord === 'FOR' || previousWord === 'KEY');
}

/** BEGIN ATOMIC opens a body, CASE inside one needs an END of its own, END closes. */
function depthOfBody(depth: number, previousWord: string, word: string): number {
  if (word === 'ATOMIC' && previousWord === 'BEGIN') return depth + 1;
  if (depth === 0) return 0;
  if (word === 'CASE') return depth + 1;
  return word === 'END' ? depth - 1 : depth;
}
