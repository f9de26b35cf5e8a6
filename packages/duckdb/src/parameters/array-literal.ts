/** An array as text in any number of dimensions, null for a NULL in it. */
export type ArrayText = readonly (string | null | ArrayText)[];

/**
 * Parses an array literal: `{1,NULL,"a b"}`, `{{1,2},{3,4}}`.
 * https://www.postgresql.org/docs/18/arrays.html#ARRAYS-IO
 *
 * @returns undefined when it is none
 */
export function parseArrayLiteral(text: string): ArrayText | undefined {
  const reader = new LiteralReader(text.trim());
  const array = reader.array();
  return array !== undefined && reader.atEnd ? array : undefined;
}

/** How many dimensions an array has. */
export function arrayDepth(array: readonly unknown[]): number {
  const nested = array.find((item) => Array.isArray(item));
  return Array.isArray(nested) ? 1 + arrayDepth(nested) : 1;
}

class LiteralReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at === this.#text.length;
  }

  array(): ArrayText | undefined {
    if (!this.#take('{')) return undefined;
    const items: (string | null | ArrayText)[] = [];
    if (this.#take('}')) return items;
    do {
      const item = this.#item();
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.#take(','));
    return this.#take('}') ? items : undefined;
  }

  #item(): string | null | ArrayText | undefined {
    this.#skipBlank();
    if (this.#text[this.#at] === '{') return this.array();
    if (this.#text[this.#at] === '"') return this.#quoted();
    const bare = this.#match(/(?:\\[\s\S]|[^\\{},"])+/y);
    if (bare === undefined) return undefined;
    const word = bare.trim();
    return word.toUpperCase() === 'NULL' ? null : withoutEscapes(word);
  }

  #quoted(): string | undefined {
    const quoted = this.#match(/"(?:\\[\s\S]|[^\\"])*"/y);
    return quoted === undefined ? undefined : withoutEscapes(quoted.slice(1, -1));
  }

  #take(mark: string): boolean {
    this.#skipBlank();
    if (this.#text[this.#at] !== mark) return false;
    this.#at += 1;
    this.#skipBlank();
    return true;
  }

  #skipBlank(): void {
    this.#match(/\s*/y);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text)?.[0];
    this.#at += match?.length ?? 0;
    return match;
  }
}

function withoutEscapes(text: string): string {
  return text.replace(/\\([\s\S])/g, '$1');
}
