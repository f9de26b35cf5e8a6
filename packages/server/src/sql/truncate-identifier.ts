import { type NoticeFields, sqlstate } from '@riffq/wire';

/** Bytes of the longest name: PostgreSQL's NAMEDATALEN - 1. */
export const longestIdentifier = 63;

/** A name as far as PostgreSQL keeps it, whole characters only; `tell` gets its notice if that is less than all. */
export function truncateIdentifier(name: string, tell: (notice: NoticeFields) => void): string {
  if (Buffer.byteLength(name) <= longestIdentifier) return name;
  let kept = '';
  for (const character of name) {
    if (Buffer.byteLength(kept + character) > longestIdentifier) break;
    kept += character;
  }
  tell({ sqlstate: sqlstate.name_too_long, message: `identifier "${name}" will be truncated to "${kept}"` });
  return kept;
}
