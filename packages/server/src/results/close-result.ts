import { Answer } from '../query-result.js';
import { isIterable, openIterator } from './open-iterator.js';

/** Releases what an answer that nobody reads holds, without reading any of it. */
export async function closeResult(result: unknown): Promise<void> {
  const rows = result instanceof Answer ? contentOf(result) : result;
  const batches = typeof rows === 'object' && rows !== null && 'batches' in rows ? rows.batches : rows;
  if (isIterable(batches)) await openIterator(batches).return?.();
}

function contentOf({ content }: Answer): unknown {
  if ('rows' in content) return content.rows;
  if ('dataRows' in content) return content.dataRows;
  if ('copyData' in content) return content.copyData;
  return 'data' in content ? content.data : undefined;
}
