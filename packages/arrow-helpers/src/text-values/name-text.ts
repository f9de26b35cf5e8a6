/** Bytes that a name has at most (NAMEDATALEN - 1). */
export const MOST_NAME_BYTES = 63;

/** A name as PostgreSQL keeps it: cut behind the last character that has room. */
export function cutName(text: string): string {
  if (text.length * 3 <= MOST_NAME_BYTES) return text;
  const bytes = Buffer.from(text);
  if (bytes.length <= MOST_NAME_BYTES) return text;
  let end = MOST_NAME_BYTES;
  while ((bytes[end]! & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}
