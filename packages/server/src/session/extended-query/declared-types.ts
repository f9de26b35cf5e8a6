import { typeOid } from '@riffq/wire';
import type { Statement } from '../../sql/statement.js';

/** What the client declared or was told, and 0 for parameters that only the text shows: `unknown` declares nothing. */
export function declaredTypes(
  declared: readonly number[],
  statement: Statement | null,
  told: readonly number[] = [],
): readonly number[] {
  const count = Math.max(declared.length, statement?.parameterCount ?? 0);
  return Array.from({ length: count }, (_, at) => known(declared[at]) || told[at] || 0);
}

function known(oid: number | undefined): number | undefined {
  return oid === typeOid.unknown ? undefined : oid;
}
