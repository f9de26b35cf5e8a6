/**
 * Parses bytea's text, in its hex form (`\xDEADBEEF`) or its escape form (`abc\\\000`).
 * https://www.postgresql.org/docs/18/datatype-binary.html
 *
 * @returns undefined when it is neither
 */
export function parseBytea(text: string): Uint8Array | undefined {
  if (text.startsWith('\\x')) {
    const digits = text.slice(2).replace(/\s+/g, '');
    return /^([0-9a-f]{2})*$/i.test(digits) ? Buffer.from(digits, 'hex') : undefined;
  }
  if (!/^(?:[^\\]|\\\\|\\[0-3][0-7]{2})*$/.test(text)) return undefined;
  const parts = text.split(/(\\\\|\\[0-3][0-7]{2})/);
  return Buffer.concat(
    parts.map((part, index) => {
      if (index % 2 === 0) return Buffer.from(part);
      return Buffer.of(part === '\\\\' ? 0x5c : Number.parseInt(part.slice(1), 8));
    }),
  );
}
