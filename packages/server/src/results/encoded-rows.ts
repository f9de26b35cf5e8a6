import { types } from 'node:util';
import { encodeBackendMessage, FrameWriter } from '@riffq/wire';
import { disown } from '../awaitable.js';
import { unusableResult } from '../errors/result-errors.js';
import type { EncodedRows } from '../query-result.js';
import type { ColumnConversion } from './column-conversions.js';
import { dataRowValues, requireLength } from './data-row-values.js';
import { MessageStream } from './message-stream.js';
import type { RowStream } from './row-stream.js';
import { selectTag, tagFunction } from './tag-function.js';

type Values = readonly (Uint8Array | string | null)[];

/**
 * Values that already are PostgreSQL text or binary, or whole DataRow messages of them. They go out untouched, but for columns
 * that the client wants in the other format.
 */
export function encodedRowStream(result: EncodedRows): RowStream {
  const { fields } = result;
  const tag = tagFunction(result.tag ?? selectTag);
  const writer = new FrameWriter();
  const write = (values: Values, conversions: readonly (ColumnConversion | null)[] | undefined): void =>
    encodeBackendMessage(writer, {
      type: 'DataRow',
      values: conversions === undefined ? values : values.map((value, at) => convert(value, conversions[at])),
    });
  if ('rows' in result) {
    requireValues(result.rows);
    return new MessageStream({
      ...{ fields, tag, type: 'DataRow', source: result.rows },
      encode: (values: Values, conversions) => {
        requireLength(values.length, fields.length);
        write(values, conversions);
        return writer.take();
      },
    });
  }
  return new MessageStream({
    ...{ fields, tag, type: 'DataRow', source: result.dataRows },
    encode: (messages, conversions) => {
      if (conversions === undefined) return messages;
      for (const values of dataRowValues(messages, fields.length)) {
        write(values, conversions);
      }
      return writer.take();
    },
  });
}

/** Promises may reject long before somebody reads them: whoever gives some most often gives nothing else. */
function requireValues(rows: unknown): void {
  const first: unknown = Array.isArray(rows) ? rows[0] : undefined;
  if (!types.isPromise(first) && !(Array.isArray(first) && first.some(types.isPromise))) return;
  disown(rows);
  throw unusableResult('encoded rows of promises');
}

function convert(
  value: Uint8Array | string | null,
  conversion: ColumnConversion | null | undefined,
): Uint8Array | string | null {
  return value === null || !conversion ? value : conversion(value);
}
