/** Hyphens may stand behind any four digits. */
const DIGITS = /^(?:[\da-f]{4}-?){7}[\da-f]{4}$/i;

/** A UUID as PostgreSQL prints it, of all the forms that it reads; undefined for what is none. */
export function readUuid(text: string): string | undefined {
  const inner = text.startsWith('{') && text.endsWith('}') ? text.slice(1, -1) : text;
  if (!DIGITS.test(inner)) return undefined;
  const digits = inner.replaceAll('-', '').toLowerCase();
  return [[0, 8], [8, 12], [12, 16], [16, 20], [20]].map(([from, to]) => digits.slice(from, to)).join('-');
}
