import { disown } from '../awaitable.js';

/** Takes what promises reject with that a host gave as rows, or as values of rows, which nobody reads. */
export function disownRows(rows: unknown): void {
  disown(rows);
  if (!Array.isArray(rows)) return;
  for (const row of rows) if (typeof row === 'object' && row !== null) disown(Object.values(row));
}
