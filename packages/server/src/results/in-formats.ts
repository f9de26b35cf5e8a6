import type { FieldDescription, Format } from '@riffq/wire';

/** The columns with the formats that they are sent in. */
export function inFormats(
  columns: readonly FieldDescription[],
  formats: readonly Format[],
): readonly FieldDescription[] {
  if (columns.every((field, at) => (field.format ?? 'text') === formats[at])) return columns;
  return columns.map((field, at) => ({ ...field, format: formats[at] ?? 'text' }));
}
