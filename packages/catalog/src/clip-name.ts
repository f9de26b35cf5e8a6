/** Identifiers end after so many bytes: NAMEDATALEN - 1. */
export const longestName = 63;

/** The first bytes of a name, so many at most, less those of a character that would be cut in half. */
export function clipName(name: Buffer, length: number): Buffer {
  let end = length;
  while (end > 0 && end < name.length && (name[end] ?? 0) >> 6 === 0b10) end -= 1;
  return name.subarray(0, end);
}

/** No unit of UTF-16 is more than three bytes of UTF-8. */
const surelyShort = longestName / 3;

/** What PostgreSQL keeps of a name, or so many bytes of it. */
export function keptName(name: string, length = longestName): string {
  if (length === longestName && name.length <= surelyShort) return name;
  const bytes = Buffer.from(name);
  return bytes.length <= length ? name : clipName(bytes, length).toString();
}
