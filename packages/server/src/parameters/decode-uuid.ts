import { invalidInput } from './input-error.js';
import type { ParameterDecoder } from './parameter-decoder.js';

/** Hyphens may stand after any four digits. */
const digits = /^(?:[0-9a-f]{4}-?){7}[0-9a-f]{4}$/i;

/** uuid: its text in lower case, with hyphens, however it was written. */
export const uuidDecoder: ParameterDecoder = {
  text(input) {
    const inner = input.startsWith('{') && input.endsWith('}') ? input.slice(1, -1) : input;
    if (!digits.test(inner)) throw invalidInput('uuid', input);
    return hyphenate(inner.replaceAll('-', '').toLowerCase());
  },
  binary: (reader) => hyphenate(Buffer.from(reader.bytes(16)).toString('hex')),
};

function hyphenate(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
