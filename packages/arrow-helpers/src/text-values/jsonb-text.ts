/** JSON as jsonb prints it: keys once and in its order, a space behind `:` and `,`, numbers as numeric writes them. */
import { formatDecimal, parseDecimal } from './decimal-text.js';

const TOKENS = /"(?:[^"\\]|\\.)*"|[\d-][\d.eE+-]*|[{}[\],:]|true|false|null/g;

/** @param text - valid JSON */
export function canonicalJsonb(text: string): string {
  const tokens = text.match(TOKENS) ?? [];
  let position = 0;

  const readValue = (): string => {
    const token = tokens[position++] ?? '';
    if (token === '{') return readObject();
    if (token === '[') return readArray();
    if (token.startsWith('"')) return JSON.stringify(JSON.parse(token));
    const number = parseDecimal(token);
    return number === undefined ? token : formatDecimal(number);
  };

  const readArray = (): string => {
    const elements: string[] = [];
    while (tokens[position] !== ']') {
      if (tokens[position] === ',') position++;
      elements.push(readValue());
    }
    position++;
    return `[${elements.join(', ')}]`;
  };

  const readObject = (): string => {
    const members = new Map<string, string>();
    while (tokens[position] !== '}') {
      if (tokens[position] === ',') position++;
      const key: string = JSON.parse(tokens[position++] ?? '');
      // Behind the colon.
      position++;
      members.set(key, readValue());
    }
    position++;
    const keys = [...members.keys()].map((key) => ({ key, bytes: Buffer.from(key) }));
    keys.sort((one, other) => one.bytes.length - other.bytes.length || Buffer.compare(one.bytes, other.bytes));
    return `{${keys.map(({ key }) => `${JSON.stringify(key)}: ${members.get(key)}`).join(', ')}}`;
  };

  return readValue();
}
