/** A word, a name in double quotes, or a `$n`: what has to be known of a statement without parsing it. */
export interface SqlToken {
  readonly kind: 'word' | 'quotedName' | 'parameter';
  readonly text: string;
  /** Where it begins, in UTF-16 units from 0. */
  readonly start: number;
}

const tokenStart = /--|\/\*|[eE]'|'|"|\$|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d[\w.]*/g;
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const parameterNumber = /\$\d+/y;
const lineEnd = /[\n\r]/g;
/** What stands before the next part of a string, with the quote that this begins with. */
const beforeNextPart = /(?:\s|--[^\n\r]*[\n\r])*'/y;

/** Yields the tokens outside comments and strings, by PostgreSQL's lexical rules, which DuckDB shares. */
export function* sqlTokens(sql: string): Generator<SqlToken, void> {
  let at = 0;
  for (;;) {
    tokenStart.lastIndex = at;
    const match = tokenStart.exec(sql);
    if (match === null) return;
    const start = match.index;
    const opening = match[0];
    at = start + opening.length;
    if (opening === '--') at = endOfLine(sql, at);
    else if (opening === '/*') at = endOfComment(sql, at);
    else if (opening === "'") at = endOfQuoted(sql, "'", at);
    else if (opening === "e'" || opening === "E'") at = endOfEscapeString(sql, at);
    else if (opening === '"') {
      at = endOfQuoted(sql, '"', at);
      yield { kind: 'quotedName', text: sql.slice(start, at), start };
    } else if (opening === '$') {
      const parameter = matchAt(parameterNumber, sql, start);
      if (parameter === '') {
        const tag = matchAt(dollarTag, sql, start);
        if (tag !== '') at = endAfter(sql, tag, start + tag.length);
      } else {
        at = start + parameter.length;
        yield { kind: 'parameter', text: parameter, start };
      }
    } else if (!/^\d/.test(opening)) yield { kind: 'word', text: opening, start };
  }
}

/** The words of a statement in upper case. */
export function* keywords(sql: string): Generator<string, void> {
  for (const token of sqlTokens(sql)) if (token.kind === 'word') yield token.text.toUpperCase();
}

function matchAt(pattern: RegExp, sql: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0] ?? '';
}

function endAfter(sql: string, text: string, from: number): number {
  const at = sql.indexOf(text, from);
  return at < 0 ? sql.length : at + text.length;
}

function endOfLine(sql: string, from: number): number {
  lineEnd.lastIndex = from;
  return lineEnd.exec(sql)?.index ?? sql.length;
}

function endOfQuoted(sql: string, mark: string, from: number): number {
  let at = endAfter(sql, mark, from);
  while (sql[at] === mark) at = endAfter(sql, mark, at + 1);
  return at;
}

/** A string goes on behind its closing quote if another one begins on a line further down, and keeps its escapes. */
function endOfEscapeString(sql: string, from: number): number {
  let at = endOfEscapePart(sql, from);
  for (;;) {
    const between = matchAt(beforeNextPart, sql, at);
    if (!/[\n\r]/.test(between)) return at;
    at = endOfEscapePart(sql, at + between.length);
  }
}

function endOfEscapePart(sql: string, from: number): number {
  let at = from;
  while (at < sql.length) {
    if (sql[at] === '\\') at += 1;
    else if (sql[at] === "'") {
      if (sql[at + 1] !== "'") return at + 1;
      at += 1;
    }
    at += 1;
  }
  return at;
}

function endOfComment(sql: string, from: number): number {
  let depth = 1;
  const marks = /\/\*|\*\//g;
  marks.lastIndex = from;
  while (depth > 0) {
    const mark = marks.exec(sql);
    if (mark === null) return sql.length;
    depth += mark[0] === '/*' ? 1 : -1;
  }
  return marks.lastIndex;
}
