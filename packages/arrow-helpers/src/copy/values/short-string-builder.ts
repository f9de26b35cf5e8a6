import type { DataType } from 'apache-arrow';
import type { TextFit } from '../../type-modifier/fit-text.js';
import type { FieldSyntax } from '../syntax/field-syntax.js';
import { checkUtf8 } from './check-utf8.js';
import type { BinarySource } from './column-builder.js';
import { fittedText } from './fitted-text.js';
import { Utf8Builder } from './string-builder.js';
import type { TextSource } from './text-source.js';

/** varchar(n) and name: strings of at most so many bytes are as they are, the length of others is looked at. */
export class ShortStringBuilder extends Utf8Builder {
  constructor(
    type: DataType,
    private readonly shortBytes: number,
    private readonly fit: TextFit,
  ) {
    super(type);
  }

  // Generated loops do not know of lengths.
  override get textSource(): TextSource | undefined {
    return undefined;
  }

  override get binarySource(): BinarySource | undefined {
    return undefined;
  }

  override readField(row: number, bytes: Buffer, view: DataView, at: number, syntax: FieldSyntax): number {
    const end = super.readField(row, bytes, view, at, syntax);
    return end >= 0 && this.offsets[row + 1]! - this.offsets[row]! > this.shortBytes ? -1 : end;
  }

  override readBinary(row: number, bytes: Buffer, view: DataView, start: number, size: number): boolean {
    return size <= this.shortBytes && super.readBinary(row, bytes, view, start, size);
  }

  override setText(row: number, bytes: Buffer, start: number, end: number): void {
    if (end - start <= this.shortBytes) {
      super.setText(row, bytes, start, end);
      return;
    }
    const fitted = Buffer.from(fittedText(bytes.toString('utf8', start, end), this.fit), 'utf8');
    this.append(row, fitted, 0, fitted.length);
  }

  override setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    checkUtf8(bytes, start, end);
    this.setText(row, bytes, start, end);
  }
}
