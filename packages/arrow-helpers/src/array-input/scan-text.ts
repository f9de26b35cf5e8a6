// Loops over character codes, where a regular expression with a repeated group runs out of stack on a long input.

/** What isspace() of the C locale says. JavaScript's own trimming also takes Unicode's spaces, which PostgreSQL refuses. */
export function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** The first position from `from` on that is no white space. */
export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Whether there is nothing but white space from `from` on. */
export function isBlank(text: string, from: number): boolean {
  return skipSpaces(text, from) === text.length;
}

/** The text without white space around it. */
export function trimSpaces(text: string): string {
  const start = skipSpaces(text, 0);
  let end = text.length;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

/** The number that a digit stands for in any base up to 16; 16 for what is no digit. */
export function digitValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : 16;
}

/** The end of the digits that start at `from`. */
export function endOfDigits(text: string, from: number, base = 10): number {
  let at = from;
  while (digitValue(text.charCodeAt(at)) < base) at++;
  return at;
}

/** The same where single underscores may stand between digits. */
export function endOfGroupedDigits(text: string, from: number, base = 10): number {
  let at = endOfDigits(text, from, base);
  while (at > from && text[at] === '_' && digitValue(text.charCodeAt(at + 1)) < base) {
    at = endOfDigits(text, at + 1, base);
  }
  return at;
}

/** How many zeros the text begins with. */
export function leadingZeros(text: string, from = 0): number {
  let at = from;
  while (text.charCodeAt(at) === 0x30) at++;
  return at - from;
}

/** Digits without the underscores among them. By hand: replaceAll() takes seconds for what a hostile client may send. */
export function withoutUnderscores(digits: string): string {
  if (!digits.includes('_')) return digits;
  const kept = Buffer.allocUnsafe(digits.length);
  let length = 0;
  for (let at = 0; at < digits.length; at++) {
    const code = digits.charCodeAt(at);
    if (code !== 0x5f) kept[length++] = code;
  }
  return kept.toString('latin1', 0, length);
}

/** A sign at `from`, and where what follows it starts. */
export function readSign(text: string, from: number): { readonly negative: boolean; readonly end: number } {
  const sign = text[from];
  return { negative: sign === '-', end: sign === '-' || sign === '+' ? from + 1 : from };
}

/** The character at `at`, whole when it takes two UTF-16 units. */
export function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}
