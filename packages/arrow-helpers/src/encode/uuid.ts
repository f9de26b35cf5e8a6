import type { Data } from 'apache-arrow';
import { writeHexDigits } from './bytes.js';
import type { ValueWriter } from './value-writer.js';

/** Bytes of a UUID. */
export const UUID_BYTES = 16;
/** Bytes of its text. */
export const UUID_TEXT_BYTES = 36;

const HYPHEN = 0x2d;

/** Writes UUIDs as uuid_out does: `8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b`. */
export class UuidTextWriter implements ValueWriter {
  readonly #bytes: Uint8Array;

  constructor(data: Data) {
    this.#bytes = data.values;
  }

  bound(): number {
    return 0;
  }

  write(index: number, target: Uint8Array, view: DataView, position: number): number {
    const start = index * UUID_BYTES;
    let end = writeHexDigits(view, position, this.#bytes, start, start + 4);
    for (let part = start + 4; part < start + 10; part += 2) {
      target[end] = HYPHEN;
      end = writeHexDigits(view, end + 1, this.#bytes, part, part + 2);
    }
    target[end] = HYPHEN;
    return writeHexDigits(view, end + 1, this.#bytes, start + 10, start + UUID_BYTES);
  }
}
