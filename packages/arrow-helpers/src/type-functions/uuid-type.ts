import { readUuid } from '../text-values/uuid-text.js';
import { invalidInput } from './input-error.js';
import type { TypeFunctions } from './type-functions.js';

/** uuid: its text in lower case, with hyphens, however it was written. */
export const uuidType: TypeFunctions<string> = {
  input: readText,
  output: (uuid) => uuid,
  send: (uuid) => Buffer.from(uuid.replaceAll('-', ''), 'hex'),
  receive: (reader) => readText(Buffer.from(reader.bytes(16)).toString('hex')),
};

function readText(input: string): string {
  const uuid = readUuid(input);
  if (uuid === undefined) throw invalidInput('uuid', input);
  return uuid;
}
