import { types } from 'node:util';
import { Answer } from '../query-result.js';
import { disownRows } from './disown-rows.js';
import { isIterable, openIterator } from './open-iterator.js';

/** Releases what an answer that nobody reads holds, without reading any of it; rejects as the answer does, if it is a promise. */
export async function closeResult(answer: unknown): Promise<void> {
  const result: unknown = types.isPromise(answer) ? await answer : answer;
  const rows = result instanceof Answer ? contentOf(result) : result;
  disownRows(rows);
  const batches = typeof rows === 'object' && rows !== null && 'batches' in rows ? rows.batches : rows;
  if (isIterable(batches)) await openIterator(batches).return?.();
}

function contentOf({ content }: Answer): unknown {
  if (content.kind === 'tag') return content.tag;
  if ('rows' in content) return content.rows;
  if ('dataRows' in content) return content.dataRows;
  if ('copyData' in content) return content.copyData;
  return 'data' in content ? content.data : undefined;
}
