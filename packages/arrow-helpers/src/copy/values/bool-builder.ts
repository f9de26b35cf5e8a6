import { PgError, sqlstate } from '@riffq/wire';
import { invalidInput } from '../../type-functions/input-error.js';
import { checkBinaryLength } from './check-binary-length.js';
import { type BinarySource, ColumnBuilder } from './column-builder.js';
import type { TextSource } from './text-source.js';

/** PostgreSQL takes any unique beginning of true, false, yes, no, on and off. */
const TRUE = /^[ \t-\r]*(?:t|tr|tru|true|y|ye|yes|on|1)[ \t-\r]*$/i;
const FALSE = /^[ \t-\r]*(?:f|fa|fal|fals|false|n|no|of|off|0)[ \t-\r]*$/i;

/** Sets the bit of the row to an expression that is 0 or 1. */
const setBit = (bit: string): string => `v[row >> 3] = (v[row >> 3] & ~(1 << (row & 7))) | (${bit} << (row & 7));`;

const textSource: TextSource = {
  statements: `first = bytes[at];
if (first !== 0x74 && first !== 0x66) break general;
${setBit('((first >> 4) & 1)')}
end = (at + 1) | 0;`,
};

const binarySource: BinarySource = {
  condition: 'size === 1',
  statement: `${setBit('(bytes[at] === 0 ? 0 : 1)')} at = (at + 1) | 0;`,
};

/** Bool. */
export class BoolBuilder extends ColumnBuilder {
  protected values = new Uint8Array(0);

  setText(row: number, bytes: Buffer, start: number, end: number): void {
    // What PostgreSQL writes is settled by the byte.
    if (end - start === 1 && bytes[start] === 0x74) this.#set(row, true);
    else if (end - start === 1 && bytes[start] === 0x66) this.#set(row, false);
    else this.#set(row, parseBool(bytes.toString('utf8', start, end)));
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    if (start === end) {
      throw new PgError({ sqlstate: sqlstate.protocol_violation, message: 'no data left in message' });
    }
    checkBinaryLength(start, end, 1);
    this.#set(row, bytes[start] !== 0);
  }

  override readPlain(row: number, bytes: Buffer, _view: DataView, at: number): number {
    const byte = bytes[at];
    if (byte !== 0x74 && byte !== 0x66) return -1;
    this.#set(row, byte === 0x74);
    return at + 1;
  }

  override readBinary(row: number, bytes: Buffer, _view: DataView, start: number, size: number): boolean {
    if (size !== 1) return false;
    this.#set(row, bytes[start] !== 0);
    return true;
  }

  override get nullSource(): string {
    return '';
  }

  override get textSource(): TextSource {
    return textSource;
  }

  override get binarySource(): BinarySource {
    return binarySource;
  }

  protected resize(rows: number): void {
    const values = new Uint8Array(rows >> 3);
    values.set(this.values);
    this.values = values;
  }

  protected take(rows: number): { values: ArrayBufferView } {
    const values = this.values.subarray(0, (rows + 7) >> 3);
    this.values = new Uint8Array(0);
    return { values };
  }

  #set(row: number, value: boolean): void {
    if (value) this.values[row >> 3]! |= 1 << (row & 7);
    else this.values[row >> 3]! &= ~(1 << (row & 7));
  }
}

function parseBool(text: string): boolean {
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  throw invalidInput('boolean', text);
}
