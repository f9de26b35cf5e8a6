/** Text in which nothing is changed: strings, quoted names, dollar quotes, comments. */
const untouched = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\//;
const clause =
  /\b(?:from|where|group by|having|order by|limit|offset|union(?: all)?|intersect|except|values|set|returning|on conflict|(?:(?:left|right|full|inner|cross)(?: outer)? )?join)\b/gi;

/** A statement for reading: one that came on a single line has its clauses on lines of their own. */
export function formatStatement(sql: string): string {
  const text = sql.trim();
  if (text.includes('\n')) return text;
  let formatted = '';
  let rest = text;
  for (let match = untouched.exec(rest); match !== null; match = untouched.exec(rest)) {
    formatted += breakClauses(rest.slice(0, match.index)) + match[0];
    rest = rest.slice(match.index + match[0].length);
  }
  return formatted + breakClauses(rest);
}

/** Clauses of a subquery stay on their line. */
function breakClauses(text: string): string {
  return text.includes('(') || text.includes(')') ? text : text.replace(clause, '\n$&').replace(/ +\n/g, '\n');
}
