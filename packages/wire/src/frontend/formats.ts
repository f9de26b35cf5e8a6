import type { BufferReader } from '../buffer-reader.js';
import type { Format } from '../format.js';
import { PgError } from '../pg-error.js';
import { sqlstate } from '../sqlstate.generated.js';

/** How errors call a parameter, of which the first is 1, of a portal; the unnamed one is ''. */
export function parameterContext(portal: string, position: number): string {
  return `${portal === '' ? 'unnamed portal' : `portal "${portal}"`} parameter $${position}`;
}

// Most clients ask for one format for all, or name none: these they share.
const none: readonly Format[] = [];
const one: Readonly<Record<Format, readonly Format[]>> = { text: ['text'], binary: ['binary'] };

/**
 * Reads a count of 16 bits and as many format codes; `portal` is the one whose parameters they are of.
 *
 * @throws PgError 22023 for a code that is neither 0 nor 1
 */
export function decodeFormats(reader: BufferReader, portal?: string): readonly Format[] {
  const count = reader.uint16();
  if (count === 0) return none;
  if (count === 1) return one[decodeFormat(reader, portal)];
  const formats: Format[] = [];
  for (let index = 0; index < count; index++) formats.push(decodeFormat(reader, portal, index + 1));
  return formats;
}

/** Reads one format code. @throws PgError 22023 for a code that is neither 0 nor 1 */
export function decodeFormat(reader: BufferReader, portal?: string, position = 1): Format {
  const code = reader.uint16();
  if (code === 0) return 'text';
  if (code === 1) return 'binary';
  throw new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `unsupported format code: ${code}`,
    hint: 'Use 0 for text or 1 for binary.',
    ...(portal === undefined ? {} : { where: parameterContext(portal, position) }),
  });
}
