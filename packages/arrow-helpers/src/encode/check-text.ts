/** What PostgreSQL never has in text, it never sends: NUL, and bytes that are not UTF-8. */
import { isAscii } from 'node:buffer';
import { sqlstate } from '@riffq/wire';
import type { Data } from 'apache-arrow';
import { UnsendableValue } from '../unsendable-value.js';
import { isText, notTextMessage } from '../utf8-text.js';

/** What was found out about columns that come again: dictionaries, and the elements of sliced lists. */
const known = new WeakMap<Data, boolean>();
/** Below this many bytes it costs more to remember. */
const REMEMBERED_BYTES = 1024;

/** @throws UnsendableValue 22021 for bytes that are no text */
export function checkText(bytes: Uint8Array, start: number, end: number): void {
  if (isText(bytes, start, end)) return;
  throw new UnsendableValue(
    sqlstate.character_not_in_repertoire,
    notTextMessage(bytes, start, end),
    "PostgreSQL's text is UTF-8 without NUL: send other bytes as bytea.",
  );
}

/**
 * Whether all values of a column are text, looked at as one, which native code does at gigabytes per second. False also where
 * that tells nothing, because of bytes that are no value's.
 */
export function isTextColumn(data: Data): boolean {
  const offsets: Offsets | undefined = data.valueOffsets;
  if (offsets === undefined) return false;
  const start = Number(offsets[0] ?? 0);
  // Rows that were added as nulls have no offsets.
  const end = Number(offsets[Math.min(data.length, offsets.length - 1)] ?? 0);
  if (end - start < REMEMBERED_BYTES) return isTextFrom(data, start, end);
  let found = known.get(data);
  if (found === undefined) {
    found = isTextFrom(data, start, end);
    known.set(data, found);
  }
  return found;
}

type Offsets = ArrayLike<number | bigint>;

function isTextFrom(data: Data, start: number, end: number): boolean {
  const bytes: Uint8Array = data.values;
  if (!isText(bytes, start, end)) return false;
  return isAscii(bytes.subarray(start, end)) || beginAtCharacters(bytes, data.valueOffsets, data.length);
}

/** Whether no value begins within a character. */
function beginAtCharacters(bytes: Uint8Array, offsets: Offsets, rows: number): boolean {
  for (let row = 0; row < rows; row++) if ((bytes[Number(offsets[row])]! & 0xc0) === 0x80) return false;
  return true;
}
