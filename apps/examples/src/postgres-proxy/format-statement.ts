/** Strings, quoted names, dollar quotes and comments; parentheses; the words that clauses begin with. */
const token =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(?<tag>\w*)\$[\s\S]*?\$\k<tag>\$|--[^\n\r]*|\/\*[\s\S]*?\*\/|[()]|\s+(?:from|where|group by|having|order by|limit|offset|union(?: all)?|intersect|except|values|set|returning|on conflict|(?:(?:left|right|full|inner|cross)(?: outer)? )?join)\b/gi;

/** A statement for reading: one that came on a single line has its clauses, not those of subqueries, on lines of their own. */
export function formatStatement(sql: string): string {
  const text = sql.trim();
  if (text.includes('\n')) return text;
  let depth = 0;
  return text.replace(token, (found) => {
    if (found === '(') depth += 1;
    else if (found === ')') depth -= 1;
    else if (found.startsWith(' ') && depth === 0) return `\n${found.trim()}`;
    return found;
  });
}
