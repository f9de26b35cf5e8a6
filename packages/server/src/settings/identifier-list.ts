import { foldIdentifier } from '../sql/identifier.js';

const patterns = { ',': patternWith(','), '.': patternWith('.') } as const;

/** A name, in quotes or not, and what separates it from the next. White space is what PostgreSQL's scanner takes for it. */
function patternWith(separator: string): RegExp {
  const space = '[ \\t\\n\\r\\v\\f]*';
  return new RegExp(
    `${space}(?:"((?:[^"]|"")*)"|([^ \\t\\n\\r\\v\\f"${separator}][^ \\t\\n\\r\\v\\f${separator}]*))${space}([${separator}]|$)`,
    'y',
  );
}

/** The names of a list, folded as those of SQL are; undefined for what is none. */
export function identifierList(text: string, separator: keyof typeof patterns = ','): readonly string[] | undefined {
  const pattern = patterns[separator];
  const names: string[] = [];
  if (/^[ \t\n\r\v\f]*$/.test(text)) return names;
  for (let at = 0; ; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const [found, quoted, plain = '', end] = pattern.exec(text) ?? [];
    if (found === undefined) return undefined;
    names.push(quoted?.replaceAll('""', '"') ?? foldIdentifier(plain));
    if (end === '') return names;
  }
}
