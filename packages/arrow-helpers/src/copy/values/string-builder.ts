import { isAscii } from 'node:buffer';
import { isCanonicalJsonb } from '../../text-values/canonical-jsonb.js';
import { checkJson } from '../../text-values/json-syntax.js';
import type { JsonValue } from '../../text-values/json-value.js';
import { canonicalJsonb } from '../../text-values/jsonb-text.js';
import { writeJsonb } from '../../text-values/write-jsonb.js';
import { isText } from '../../utf8-text.js';
import type { FieldSyntax } from '../syntax/field-syntax.js';
import { checkUtf8 } from './check-utf8.js';
import type { BinarySource } from './column-builder.js';
import { copyText } from './copy-text.js';
import { skipJsonbVersion } from './jsonb-version.js';
import { stringSource, type TextSource } from './text-source.js';
import { VaryingBuilder } from './varying-builder.js';

/** Strings, which the reader of text formats has checked to be UTF-8. */
export abstract class StringBuilder extends VaryingBuilder {
  setText(row: number, bytes: Buffer, start: number, end: number): void {
    this.append(row, bytes, start, end);
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    checkUtf8(bytes, start, end);
    this.append(row, bytes, start, end);
  }
}

const binarySource: BinarySource = {
  condition: 'size >= 0 && size <= limit - at && size <= maximum',
  statement: 'o[row + 1] = copyText(v, w, o[row], bytes, view, at, size); at = (at + size) | 0;',
};

/** Strings as they are. */
export class Utf8Builder extends StringBuilder {
  override get binarySource(): BinarySource | undefined {
    return binarySource;
  }

  override get textSource(): TextSource | undefined {
    return stringSource;
  }

  override readField(row: number, bytes: Buffer, view: DataView, at: number, syntax: FieldSyntax): number {
    const end = syntax.copyField(this.values, this.view, this.offsets[row]!, bytes, view, at);
    if (end >= 0) this.offsets[row + 1] = syntax.end;
    return end;
  }

  /** Leaves it to `isGood` to look at the text of many rows, which native code does in the time that it takes to call it. */
  override readBinary(row: number, bytes: Buffer, view: DataView, start: number, size: number): boolean {
    this.offsets[row + 1] = copyText(this.values, this.view, this.offsets[row]!, bytes, view, start, size);
    return true;
  }

  override isGood(first: number, end: number): boolean {
    const { offsets, values } = this;
    const from = offsets[first]!;
    const to = offsets[end]!;
    const text = values.subarray(from, to);
    if (isAscii(text)) return text.indexOf(0) < 0;
    if (!isText(values, from, to)) return false;
    // No value may begin within a character.
    for (let row = first; row < end; row++) {
      const start = offsets[row]!;
      if (start < to && (values[start]! & 0xc0) === 0x80) return false;
    }
    return true;
  }
}

/** json: strings that are JSON, and what stands for them in a document around. */
export class JsonTextBuilder extends StringBuilder {
  override setText(row: number, bytes: Buffer, start: number, end: number): void {
    checkJson(bytes.toString('utf8', start, end), { unescapes: false });
    super.setText(row, bytes, start, end);
  }

  override setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    checkJson(bytes.toString('utf8', start, end), { unescapes: false });
    super.setBinary(row, bytes, start, end);
  }

  override setJson(row: number, { source }: JsonValue): void {
    const bytes = Buffer.from(source, 'utf8');
    super.setText(row, bytes, 0, bytes.length);
  }
}

/** jsonb: strings in the form that jsonb has JSON in. */
export class JsonbTextBuilder extends StringBuilder {
  override setText(row: number, bytes: Buffer, start: number, end: number): void {
    if (isCanonicalJsonb(bytes, start, end)) {
      super.setText(row, bytes, start, end);
      return;
    }
    this.reserveBytes(2 * (end - start), row);
    const written = writeJsonb(this.values, this.offsets[row]!, bytes, start, end);
    if (written >= 0) this.offsets[row + 1] = written;
    else this.#setDocument(row, bytes.toString('utf8', start, end));
  }

  override setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    const from = skipJsonbVersion(bytes, start, end);
    checkUtf8(bytes, from, end);
    this.setText(row, bytes, from, end);
  }

  override setJson(row: number, { source }: JsonValue): void {
    this.#setDocument(row, source);
  }

  #setDocument(row: number, document: string): void {
    const printed = Buffer.from(canonicalJsonb(document), 'utf8');
    super.setText(row, printed, 0, printed.length);
  }
}
