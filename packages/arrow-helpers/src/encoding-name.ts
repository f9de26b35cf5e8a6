/** What PostgreSQL 18 calls encodings (its `encnames.c`), as letters and digits; ranges are of the last number. */
const otherEncodings = new Set([
  ...['abc', 'alt', 'big5', 'euccn', 'eucjis2004', 'eucjp', 'euckr', 'euctw', 'gb18030', 'gbk', 'johab'],
  ...['koi8', 'koi8r', 'koi8u', 'mskanji', 'muleinternal', 'shiftjis', 'shiftjis2004', 'sjis', 'tcvn', 'tcvn5712'],
  ...['uhc', 'vscii', 'win'],
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16].map((part) => `iso8859${part}`),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((part) => `latin${part}`),
  ...[866, 874, 932, 936, 949, 950, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258].flatMap((page) => [
    `win${page}`,
    `windows${page}`,
  ]),
]);

/**
 * The encoding of a name, as PostgreSQL compares them, by letters and digits alone; `other` for those that PostgreSQL has and
 * we do not speak, undefined for what is no encoding's name. SQL_ASCII means that nothing is converted, which is what we do.
 */
export function encodingOfName(name: string): 'UTF8' | 'SQL_ASCII' | 'other' | undefined {
  const compared = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (compared === 'utf8' || compared === 'unicode') return 'UTF8';
  if (compared === 'sqlascii') return 'SQL_ASCII';
  return otherEncodings.has(compared) ? 'other' : undefined;
}
