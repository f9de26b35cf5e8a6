import { readUuid } from '@riffq/arrow-helpers';
import { invalidInput } from './input-error.js';
import type { ParameterDecoder } from './parameter-decoder.js';

/** uuid: its text in lower case, with hyphens, however it was written. */
export const uuidDecoder: ParameterDecoder = {
  text: readText,
  binary: (reader) => readText(Buffer.from(reader.bytes(16)).toString('hex')),
};

function readText(input: string): string {
  const uuid = readUuid(input);
  if (uuid === undefined) throw invalidInput('uuid', input);
  return uuid;
}
