import type { RecordBatch } from 'apache-arrow';
import { CopyEncoder } from '../../src/copy/copy-encoder.js';
import type { CopyOptions, RawCopyOption } from '../../src/copy/options/copy-options.js';

/** The payloads of CopyData messages, taken apart by the manual. */
export function copyPayloads(bytes: Uint8Array): Buffer[] {
  const buffer = Buffer.from(bytes);
  const payloads: Buffer[] = [];
  for (let at = 0; at < buffer.length; ) {
    const end = at + 1 + buffer.readInt32BE(at + 1);
    if (buffer[at] !== 0x64 || end > buffer.length) throw new Error(`byte ${at} is not the start of a CopyData`);
    payloads.push(buffer.subarray(at + 5, end));
    at = end;
  }
  return payloads;
}

/** Encodes batches as the server does; the buffer grows only when a single row does not fit. */
export function encodeCopy(
  batches: readonly RecordBatch[],
  options: CopyOptions,
  { bufferBytes = 65_536, maxRows = 1_000_000 } = {},
): Buffer[] {
  const encoder = new CopyEncoder(batches[0]!.schema, options);
  const parts: Uint8Array[] = [encoder.header()];
  for (const batch of batches) {
    encoder.setBatch(batch);
    while (encoder.remainingRows > 0) {
      let chunk = new Uint8Array(bufferBytes);
      let end = encoder.encode(chunk, 0, maxRows);
      if (end === 0) {
        chunk = new Uint8Array(encoder.nextRowSize());
        end = encoder.encode(chunk, 0, maxRows);
      }
      parts.push(chunk.subarray(0, end));
    }
  }
  return copyPayloads(Buffer.concat([...parts, encoder.trailer()]));
}

/** The options as SQL, without the parentheses. */
export function writeCopyOptions(options: readonly RawCopyOption[]): string {
  return options.map(writeCopyOption).join(', ');
}

/** One option as SQL. */
export function writeCopyOption({ name, value }: RawCopyOption): string {
  if (value === undefined) return name;
  if (typeof value === 'object') return `${name} ${value.columns === '*' ? '*' : `(${value.columns.join(', ')})`}`;
  return typeof value === 'string' ? `${name} E'${value.replaceAll(/['\\]/g, '\\$&')}'` : `${name} ${value}`;
}
