import { BufferReader } from '../buffer-reader.js';
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
  ['internalPosition', 'p'],
  ['internalQuery', 'q'],
  ['file', 'F'],
  ['line', 'L'],
  ['routine', 'R'],
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
  // A host without types may have left it out.
  writeField(writer, 'M', fields.message ?? '');
  for (const [name, letter] of codes) {
    const value = fields[name];
    if (value !== undefined) writeField(writer, letter, value);
  }
  writer.byte(0);
}

const textNames: ReadonlyMap<string, keyof ErrorFields> = new Map([
  ['C', 'sqlstate'],
  ['M', 'message'],
  ...codes.map(([name, letter]) => [letter, name] as const),
]);
const numbers: ReadonlySet<string> = new Set(['P', 'p', 'L']);

/** What an ErrorResponse or NoticeResponse of another server says. */
export type ResponseFields = Omit<ErrorFields, 'severity' | 'cause'> & {
  /** Any of PostgreSQL's, in English where the server sends that, too. */
  readonly severity: string;
};

/**
 * Reads the body of ErrorResponse or NoticeResponse: for those who talk to another server.
 *
 * @throws PgError 08P01 if it is malformed, 22021 if it is not UTF-8.
 */
export function decodeResponseFields(body: Uint8Array): ResponseFields {
  const reader = new BufferReader(body, 'ErrorResponse');
  let fields: ResponseFields = { severity: 'ERROR', message: '' };
  for (let type = reader.byte(); type !== 0; type = reader.byte()) {
    const letter = String.fromCharCode(type);
    const text = reader.cstring();
    const name = textNames.get(letter);
    if (name !== undefined) fields = { ...fields, [name]: numbers.has(letter) ? Number(text) : text };
    // Servers older than 9.6 have the severity in `S` alone, and perhaps translated; V follows S.
    else if (letter === 'S' || letter === 'V') fields = { ...fields, severity: text };
  }
  return fields;
}

function writeField(writer: FrameWriter, letter: string, text: string | number): void {
  writer.byte(letter.charCodeAt(0));
  writer.cstring(String(text));
}
