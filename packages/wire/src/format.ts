/** How a value is written: as PostgreSQL's text (format code 0) or in the binary form of its type (1). */
export type Format = 'text' | 'binary';

/**
 * The format of the parameter or result column at `index` (from 0), given the formats that Bind carries: none means all
 * text, one counts for all, else there is one for each.
 */
export function formatAt(formats: readonly Format[], index: number): Format {
  return (formats.length === 1 ? formats[0] : formats[index]) ?? 'text';
}
