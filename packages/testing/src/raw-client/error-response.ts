import { BufferReader, type ErrorFields, PgError } from '@riffq/wire';

/** https://www.postgresql.org/docs/18/protocol-error-fields.html */
const fieldNames: ReadonlyMap<string, keyof ErrorFields> = new Map([
  ['C', 'sqlstate'],
  ['M', 'message'],
  ['D', 'detail'],
  ['H', 'hint'],
  ['W', 'where'],
  ['s', 'schema'],
  ['t', 'table'],
  ['c', 'column'],
  ['d', 'dataType'],
  ['n', 'constraint'],
] as const);

/**
 * The error that the body of an ErrorResponse tells.
 *
 * @throws PgError 08P01 if the body is malformed, 22021 if it is not UTF-8.
 */
export function errorOf(body: Uint8Array): PgError {
  const reader = new BufferReader(body, 'ErrorResponse');
  let fields: ErrorFields = { message: '' };
  for (let type = reader.byte(); type !== 0; type = reader.byte()) {
    const letter = String.fromCharCode(type);
    const text = reader.cstring();
    const name = fieldNames.get(letter);
    if (name !== undefined) fields = { ...fields, [name]: text };
    // Servers older than 9.6 have the severity in `S` alone, and perhaps translated.
    else if (letter === 'S' || letter === 'V') fields = { ...fields, ...severity(text) };
    else if (letter === 'P') fields = { ...fields, position: Number(text) };
  }
  return new PgError(fields);
}

function severity(text: string): Pick<ErrorFields, 'severity'> {
  return text === 'ERROR' || text === 'FATAL' || text === 'PANIC' ? { severity: text } : {};
}
