import { tooLongSettings } from './invalid-setting.js';
import type { SettingsSavepoint } from './settings-savepoint.js';

/** How much a session may keep. */
export interface SettingsRoom {
  /** Of names and values; 0 is no limit. */
  readonly bytes: number;
  /** What else keeps values. */
  readonly savepoints: () => readonly SettingsSavepoint[];
}

export const anyRoom: SettingsRoom = { bytes: 0, savepoints: () => [] };

/** @throws PgError 54000 when a session would keep more than it may */
export function requireRoom(
  { bytes, savepoints }: SettingsRoom,
  kept: SettingsSavepoint,
  madeUp: ReadonlyMap<string, string>,
): void {
  if (bytes > 0 && bytesKept([kept, ...savepoints()], madeUp) > bytes) throw tooLongSettings(bytes);
}

/** What an entry of a Map takes beside its texts, about. */
const bytesOfEntry = 64;

/**
 * Bytes of what was set, and at savepoints had been set, and of the names that were made up. Savepoints have Maps in common as long
 * as nothing is set.
 */
function bytesKept(saved: readonly SettingsSavepoint[], madeUp: ReadonlyMap<string, string>): number {
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
