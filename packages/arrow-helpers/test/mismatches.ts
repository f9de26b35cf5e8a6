import type { Data } from 'apache-arrow';
import { encodeBinary, encodeText } from './encode-column.js';
import type { OracleValue } from './oracle.js';

/** The first places where two long lists differ: a diff of all of them would take minutes. */
export function mismatches(found: readonly unknown[], expected: readonly unknown[], limit = 5): unknown[] {
  const list: unknown[] = [];
  if (found.length !== expected.length) list.push({ found: found.length, expected: expected.length });
  for (let index = 0; index < expected.length && list.length < limit; index++) {
    if (found[index] !== expected[index]) list.push({ index, found: found[index], expected: expected[index] });
  }
  return list;
}

/** The same of a column, whose text and binary shall be those of the oracle. */
export function oracleMismatches(data: Data, oracle: readonly OracleValue[]): unknown[] {
  return [
    ...mismatches(
      encodeText(data),
      oracle.map(({ text }) => text),
    ),
    ...mismatches(
      encodeBinary(data),
      oracle.map(({ binary }) => binary),
    ),
  ];
}
