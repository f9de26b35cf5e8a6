import type { CopyOptions } from '../options/copy-options.js';
import { DEFAULT_FIELD, isText, NULL_FIELD } from './line-fields.js';

/** The texts that stand for NULL and for a column's default, as they are written in the data. */
export class FieldMarkers {
  readonly #null: Buffer;
  readonly #default: Buffer | null;

  constructor(options: CopyOptions) {
    this.#null = Buffer.from(options.null, 'utf8');
    this.#default = options.default === null ? null : Buffer.from(options.default, 'utf8');
  }

  /** What the bytes at `start` to `end` stand for; 0 if only for themselves. */
  markerAt(bytes: Buffer, start: number, end: number): typeof NULL_FIELD | typeof DEFAULT_FIELD | 0 {
    if (isText(bytes, start, end, this.#null)) return NULL_FIELD;
    return this.#default !== null && isText(bytes, start, end, this.#default) ? DEFAULT_FIELD : 0;
  }
}
