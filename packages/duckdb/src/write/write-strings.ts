import { isUtf8 } from 'node:buffer';
import duckdb, { type Vector } from '@duckdb/node-bindings';
import { PgError, sqlstate } from '@riffq/wire';
import type { Data } from 'apache-arrow';
import { stringBytes } from '../read/gather-strings.js';
import { isValid } from '../read/validity.js';
import { copyToVector } from './copy-to-vector.js';
import { type StringSpans, stringSpans } from './string-spans.js';
import { copyBits, validityBitmap, writeValidity } from './write-validity.js';

/** Bytes that a string_t holds itself; a longer string has its first four there, and a pointer to all of them. */
const inlineLength = 12;
const lowWord = 0x1_0000_0000;
const empty = new Uint8Array(stringBytes);

/**
 * A VARCHAR column.
 *
 * @throws PgError 22021 for bytes that are not UTF-8
 */
export function writeStrings(vector: Vector, data: Data, start: number, count: number): void {
  const validity = validRows(data, start, count);
  writeSpans(vector, requireUtf8(stringSpans(data, start, count), validity, count), validity, count);
  writeValidity(vector, data, start, count);
}

/** A BLOB column. */
export function writeBinary(vector: Vector, data: Data, start: number, count: number): void {
  writeSpans(vector, stringSpans(data, start, count), validRows(data, start, count), count);
  writeValidity(vector, data, start, count);
}

function validRows(data: Data, start: number, count: number): Uint8Array | null {
  const bitmap = validityBitmap(data);
  return bitmap === null ? null : copyBits(bitmap, data.offset + start, count);
}

/**
 * A native call per long string would be the whole cost (500,000 strings: 540 ms). So DuckDB is given all bytes of the
 * rows as one string, whose memory it keeps as long as the vector's, and the rows' string_t's are made here, pointing
 * into it.
 */
function writeSpans(vector: Vector, { bytes, offsets }: StringSpans, validity: Uint8Array | null, count: number): void {
  const target = new Uint8Array(count * stringBytes);
  const words = new Uint32Array(target.buffer);
  let address: number | undefined;
  for (let row = 0; row < count; row += 1) {
    if (!isValid(validity, row)) continue;
    const from = offsets[row] ?? 0;
    const length = (offsets[row + 1] ?? 0) - from;
    const kept = length > inlineLength ? 4 : length;
    words[row * 4] = length;
    for (let byte = 0; byte < kept; byte += 1) target[row * stringBytes + 4 + byte] = bytes[from + byte] ?? 0;
    if (length <= inlineLength) continue;
    address ??= keepBytes(vector, bytes);
    words[row * 4 + 2] = (address + from) % lowWord;
    words[row * 4 + 3] = Math.floor((address + from) / lowWord);
  }
  copyToVector(vector, target);
}

/** Copies the bytes into the vector's memory and tells where they are. */
function keepBytes(vector: Vector, bytes: Uint8Array): number {
  copyToVector(vector, empty);
  duckdb.vector_assign_string_element_len(vector, 0, bytes);
  const { buffer, byteOffset } = duckdb.vector_get_data(vector, stringBytes);
  const [length, , low = 0, high = 0] = new Uint32Array(buffer, byteOffset, 4);
  // DuckDB says nothing when it refuses a string.
  if (length !== bytes.length) throw notUtf8();
  // Addresses have 48 bits, which a double holds exactly.
  return high * lowWord + low;
}

/** Checks all rows at once, for one by one would cost more than writing them; what lies in NULL rows may be anything. */
function requireUtf8(spans: StringSpans, validity: Uint8Array | null, count: number): StringSpans {
  const { bytes, offsets } = spans;
  if (isUtf8(bytes) && beginsWithCharacters(bytes, offsets)) return spans;
  const kept = { bytes: new Uint8Array(bytes.length), offsets: new Int32Array(count + 1) };
  let end = 0;
  for (let row = 0; row < count; row += 1) {
    if (isValid(validity, row)) {
      const string = bytes.subarray(offsets[row], offsets[row + 1]);
      if (!isUtf8(string)) throw notUtf8();
      kept.bytes.set(string, end);
      end += string.length;
    }
    kept.offsets[row + 1] = end;
  }
  return { ...kept, bytes: kept.bytes.subarray(0, end) };
}

function beginsWithCharacters(bytes: Uint8Array, offsets: Int32Array): boolean {
  for (const offset of offsets) if (((bytes[offset] ?? 0) & 0xc0) === 0x80) return false;
  return true;
}

function notUtf8(): PgError {
  return new PgError({
    sqlstate: sqlstate.character_not_in_repertoire,
    message: 'invalid byte sequence for encoding "UTF8"',
    hint: 'Insert bytes that are no text as Binary.',
  });
}
