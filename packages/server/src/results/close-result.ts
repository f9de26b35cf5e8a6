import { Answer } from '../query-result.js';
import { isIterable, openIterator } from './open-iterator.js';

/** Releases what an answer that nobody reads holds, without reading any of it. */
export async function closeResult(result: unknown): Promise<void> {
  const rows = result instanceof Answer && 'rows' in result.content ? result.content.rows : result;
  const batches = typeof rows === 'object' && rows !== null && 'batches' in rows ? rows.batches : rows;
  if (isIterable(batches)) await openIterator(batches).return?.();
}
