import type { Statement } from '../sql/statement.js';

/** What the client declared or was told, and 0 for parameters that only the text shows. */
export function declaredTypes(
  declared: readonly number[],
  statement: Statement | null,
  told: readonly number[] = [],
): readonly number[] {
  const count = Math.max(declared.length, statement?.parameterCount ?? 0);
  return Array.from({ length: count }, (_, at) => declared[at] || told[at] || 0);
}
