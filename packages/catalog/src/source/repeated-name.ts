import { keptName } from '../clip-name.js';
import { duplicateEntry } from '../errors/source-errors.js';

/** Two names of a list that are one, or one of which PostgreSQL keeps the same; undefined when there are none. */
export function repeatedName(names: readonly string[]): { readonly name: string; readonly before: string } | undefined {
  const seen = new Set<string>();
  for (const name of names) {
    const kept = keptName(name);
    if (seen.has(kept)) return { name, before: names.find((other) => keptName(other) === kept) ?? name };
    seen.add(kept);
  }
  return undefined;
}

/** @throws PgError when two parts of an object, columns or labels, have the same name. */
export function requireDistinct(
  table: string,
  columns: readonly string[],
  oid: number,
  names: readonly string[],
): void {
  const repeated = repeatedName(names);
  if (repeated === undefined) return;
  throw duplicateEntry({ table, columns, values: [oid, repeated.name], before: repeated.before });
}
