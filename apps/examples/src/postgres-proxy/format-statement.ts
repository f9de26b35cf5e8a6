/** Nobody reads a longer one. */
const longest = 10_000;

/** The words that clauses begin with, in either case: that of a dollar quote's tag matters. */
const clauses = [
  'from|where|group by|having|order by|limit|offset|union(?: all)?|intersect|except|values|set|returning|on conflict',
  '(?:(?:left|right|full|inner|cross)(?: outer)? )?join',
]
  .join('|')
  .replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);

const plainString = "'(?:[^']|'')*(?:'|$)";
const escapedString = String.raw`'(?:[^'\\]|\\[^]?|'')*(?:'|$)`;

/** The next thing, in one piece, by what strings there are. What is not closed runs to the end, as in PostgreSQL. */
const token = (strings: string): RegExp =>
  new RegExp(
    [
      strings,
      '"(?:[^"]|"")*(?:"|$)',
      String.raw`\$(?<tag>(?:[A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?)\$(?:[^]*?\$\k<tag>\$|[^]*)`,
      '--[^]*',
      String.raw`(?<comment>/\*)`,
      String.raw`(?<clause>\s+(?:${clauses})\b)`,
      String.raw`\s+`,
      String.raw`[\w\x80-\uffff][\w$\x80-\uffff]*`,
      '[^]',
    ].join('|'),
    'y',
  );

const tokens = token(`[eE]${escapedString}|${plainString}`);
/** Without `standard_conforming_strings`. */
const escapingTokens = token(`[bBxX]${plainString}|${escapedString}`);

/**
 * A statement for reading: one that came on a single line has its clauses, not those of subqueries, on lines of their own.
 * `escapes` says whether a backslash escapes in any string.
 */
export function formatStatement(sql: string, escapes = false): string {
  const text = sql.trim();
  if (text.length > longest || /[\n\r]/.test(text)) return text;
  const next = escapes ? escapingTokens : tokens;
  let formatted = '';
  let depth = 0;
  for (let at = 0; ; ) {
    next.lastIndex = at;
    const match = next.exec(text);
    if (match === null) return formatted;
    const { 0: found, groups } = match;
    const end = groups?.['comment'] === undefined ? at + found.length : endOfComment(text, at);
    if (found === '(') depth += 1;
    else if (found === ')') depth -= 1;
    const begins = groups?.['clause'] !== undefined && depth === 0;
    formatted += begins ? `\n${found.trim()}` : text.slice(at, end);
    at = end;
  }
}

/** Comments may have others in them. */
function endOfComment(text: string, from: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = from;
  let depth = 0;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return text.length;
}
