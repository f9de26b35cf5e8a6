import { sqlTokens } from './sql-token.js';
import type { Edit } from './statement-text.js';

/** One `$n` of a statement. */
export interface Placeholder {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** Every `$n` outside comments and quotes, in the order of the text. */
export function findPlaceholders(sql: string): readonly Placeholder[] {
  const placeholders: Placeholder[] = [];
  for (const { kind, text, start } of sqlTokens(sql)) {
    if (kind === 'parameter') placeholders.push({ number: Number(text.slice(1)), start, end: start + text.length });
  }
  return placeholders;
}

/** Puts something else in the place of every `$n` for which `replacement` gives a text. */
export function replacePlaceholders(
  placeholders: readonly Placeholder[],
  replacement: (number: number) => string | undefined,
): readonly Edit[] {
  return placeholders.flatMap(({ number, start, end }) => {
    const text = replacement(number);
    return text === undefined ? [] : [{ start, end, text }];
  });
}
