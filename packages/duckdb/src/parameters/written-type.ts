import type { Placeholder } from '../statement/placeholder.js';

const typeName =
  '((?:"[^"]+"|[a-z_]\\w*)(?:\\s+(?:precision|varying|with(?:out)?\\s+time\\s+zone))?(?:\\s*\\([\\d\\s,]+\\))?(?:\\s*\\[\\d*\\])*)';
const castBehind = new RegExp(`\\s*::\\s*${typeName}`, 'iy');
const castAround = new RegExp(`\\s+AS\\s+${typeName}\\s*\\)`, 'iy');

/**
 * The type that a statement casts a parameter to, as it stands there (`$1::int`, `CAST($1 AS int)`): DuckDB forgets it where
 * the result is cast once more, as in `$1::int + 1::bigint`.
 */
export function writtenType(sql: string, placeholders: readonly Placeholder[], number: number): string | undefined {
  for (const placeholder of placeholders) {
    if (placeholder.number !== number) continue;
    const { start, end } = placeholder;
    const around = /cast\s*\(\s*$/i.test(sql.slice(Math.max(0, start - 40), start));
    const pattern = around ? castAround : castBehind;
    pattern.lastIndex = end;
    const match = pattern.exec(sql);
    if (match?.[1] !== undefined) return match[1];
  }
  return undefined;
}
