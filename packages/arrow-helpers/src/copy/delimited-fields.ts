import type { DelimitedFields } from '../encode/row-frame.js';
import { CsvFields } from './csv-fields.js';
import type { CopyOptions } from './options/copy-options.js';
import { TextFields } from './text-fields.js';

/**
 * How the fields of a line are written; null for binary, which has no lines.
 *
 * @param plain - by column: whether its values are numbers, dates and the like
 * @param forced - by column: FORCE_QUOTE
 */
export function delimitedFields(
  options: CopyOptions,
  plain: readonly boolean[],
  forced: readonly boolean[],
): DelimitedFields | null {
  if (options.format === 'binary') return null;
  return options.format === 'csv' ? new CsvFields(options, plain, forced) : new TextFields(options, plain);
}

/** One line of values that are text already. */
export function delimitedLine(fields: DelimitedFields, values: readonly (Uint8Array | null)[]): Uint8Array {
  const bound = values.reduce((sum, value) => sum + fields.fieldBytes + fields.expansion * (value?.length ?? 0), 1);
  const line = new Uint8Array(bound);
  let end = 0;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      end = fields.writeNull(line, end);
    } else {
      line.set(value, end);
      end = fields.finish(line, end, end + value.length, index);
    }
  }
  // The line's end takes the place of the last delimiter.
  line[values.length === 0 ? end++ : end - 1] = 0x0a;
  return line.subarray(0, end);
}

/** The line of column names as HEADER has it; no bytes where it is not asked for. */
export function headerLine(names: readonly string[], options: CopyOptions): Uint8Array {
  const none = names.map(() => false);
  // Names are looked at whatever the column's type is, and FORCE_QUOTE is not about them.
  const fields = delimitedFields(options, none, none);
  if (!options.header || fields === null) return new Uint8Array(0);
  return delimitedLine(
    fields,
    names.map((name) => Buffer.from(name, 'utf8')),
  );
}
