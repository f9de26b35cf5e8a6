/** What PostgreSQL takes for a truth value: unique beginnings of a word count. Undefined for what is none. */
export function parseBoolean(value: string): boolean | undefined {
  const text = value.toLowerCase();
  const means = (word: string, least = 1): boolean => text.length >= least && word.startsWith(text);
  if (text === '1' || means('true') || means('yes') || means('on', 2)) return true;
  if (text === '0' || means('false') || means('no') || means('off', 2)) return false;
  return undefined;
}
