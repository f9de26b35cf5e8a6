import type { SettingsSavepoint } from './settings-savepoint.js';

/** What an entry of a Map takes beside its texts, about. */
const bytesOfEntry = 64;

/**
 * Bytes of what was set, and at savepoints had been set, and of the names that were made up. Savepoints have Maps in common as long
 * as nothing is set.
 */
export function bytesKept(saved: readonly SettingsSavepoint[], madeUp: ReadonlyMap<string, string>): number {
  const maps = new Set<SettingsSavepoint['hidden']>([madeUp]);
  for (const { values, hidden } of saved) maps.add(values).add(hidden);
  let bytes = 0;
  for (const map of maps) {
    for (const [name, value] of map) {
      bytes += bytesOfEntry + Buffer.byteLength(name) + (value === undefined ? 0 : Buffer.byteLength(value));
    }
  }
  return bytes;
}
