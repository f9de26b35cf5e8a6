import type { Field, Schema } from 'apache-arrow';
import { valueKind } from '../../encode/value-kind.js';
import { defaultTypeOptions } from '../../type-options.js';
import { valueType } from '../../value-type.js';

const textKinds: ReadonlySet<number> = new Set([
  valueKind.bytes,
  valueKind.largeBytes,
  valueKind.hex,
  valueKind.largeHex,
  valueKind.fixedSizeHex,
  valueKind.written,
]);

/** What numbers, truth values, dates and times are written with, `NaN` and `Infinity` among them. */
const PLAIN_CHARACTERS = '0123456789+-.: efintyINaBCT';

const known = new WeakMap<Schema, readonly boolean[]>();

/** {@link isPlain} by column; kept, for finding it out takes longer than the rows of a small COPY. */
export function plainColumns(schema: Schema): readonly boolean[] {
  const last = known.get(schema);
  if (last !== undefined) return last;
  const plain = schema.fields.map(isPlain);
  known.set(schema, plain);
  return plain;
}

/** Whether values of the type are written with {@link PLAIN_CHARACTERS} alone, so that nobody has to look for others. */
function isPlain(field: Field): boolean {
  const kind = valueType(field, defaultTypeOptions)?.text.kind;
  return kind !== undefined && !textKinds.has(kind);
}

/** Whether even plain values must be looked at, because one of these characters may be in them. */
export function needsLook(characters: readonly string[]): boolean {
  return characters.some((character) => PLAIN_CHARACTERS.includes(character));
}
