import type { ErrorFields } from '../error-fields.js';
import type { FrameWriter } from '../frame-writer.js';

/** The optional fields and their codes, in the order in which PostgreSQL sends them. */
const codes = [
  ['detail', 'D'],
  ['hint', 'H'],
  ['position', 'P'],
  ['where', 'W'],
  ['schema', 's'],
  ['table', 't'],
  ['column', 'c'],
  ['dataType', 'd'],
  ['constraint', 'n'],
] as const;

/**
 * Writes the body of ErrorResponse and NoticeResponse. The severity goes out twice, as PostgreSQL does it: once
 * translated (S), once never (V).
 * https://www.postgresql.org/docs/18/protocol-error-fields.html
 */
export function writeResponseFields(
  writer: FrameWriter,
  severity: string,
  code: string,
  fields: Omit<ErrorFields, 'severity'>,
): void {
  writeField(writer, 'S', severity);
  writeField(writer, 'V', severity);
  writeField(writer, 'C', code);
  writeField(writer, 'M', fields.message);
  for (const [name, letter] of codes) {
    const value = fields[name];
    if (value !== undefined) writeField(writer, letter, String(value));
  }
  writer.byte(0);
}

function writeField(writer: FrameWriter, letter: string, text: string): void {
  writer.byte(letter.charCodeAt(0));
  writer.cstring(text);
}
