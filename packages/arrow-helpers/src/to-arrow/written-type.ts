import { PgError, sqlstate } from '@riffq/wire';

/** The name of a type taken apart as it is written: nothing is looked up yet. */
export interface WrittenType {
  /** Its words, in lower case unless it is quoted. */
  readonly name: string;
  /** The same as it is written, for names that are of lower case only. */
  readonly exactName: string;
  /** What is in parentheses: `10` and `2` of `numeric(10,2)`. */
  readonly modifiers: readonly string[];
  /** What is in angle brackets: `item: int32` of `list<item: int32>`. */
  readonly fields: readonly WrittenField[];
  /** What is in each pair of brackets: `us, tz=UTC` of `timestamp[us, tz=UTC]`, nothing twice of `int4[][]`. */
  readonly brackets: readonly string[];
}

/** A field of a nested type, or a setting of a dictionary's. */
interface WrittenField {
  readonly name: string | undefined;
  readonly type: WrittenType;
}

/**
 * Takes the name of a type apart, PostgreSQL's or Arrow's.
 *
 * @throws PgError 42601 for what is no type's name
 */
export function parseWrittenType(text: string): WrittenType {
  const reader = new TypeReader(text);
  const type = reader.type();
  if (!reader.atEnd) throw reader.error();
  return type;
}

class TypeReader {
  #at = 0;

  constructor(private readonly text: string) {}

  get atEnd(): boolean {
    return this.#at === this.text.length;
  }

  type(): WrittenType {
    const quoted = this.#take(/\s*"((?:[^"]|"")+)"\s*/y);
    const words = quoted === undefined ? this.#words() : [`"${quoted}"`];
    if (words.length === 0) throw this.error();
    const inParentheses = this.#take(/\(([^()]*)\)\s*/y);
    if (quoted === undefined) words.push(...this.#words());
    const modifiers = inParentheses?.split(',').map((modifier) => modifier.trim()) ?? [];
    const exactName = words.join(' ');
    const name = quoted === undefined ? exactName.toLowerCase() : exactName;
    return { name, exactName, modifiers, fields: this.#fields(), brackets: this.#brackets() };
  }

  error(): PgError {
    return new PgError({
      sqlstate: sqlstate.syntax_error,
      message: `syntax error at or near "${this.text.slice(this.#at)}"`,
      detail: `It is in the name of the type "${this.text}".`,
    });
  }

  #words(): string[] {
    const words: string[] = [];
    for (let word = this.#take(/\s*([\w.]+)\s*/y); word !== undefined; word = this.#take(/\s*([\w.]+)\s*/y)) {
      words.push(word);
    }
    return words;
  }

  #fields(): WrittenField[] {
    const fields: WrittenField[] = [];
    if (this.#take(/(<)\s*/y) === undefined) return fields;
    do {
      const quoted = this.#take(/\s*"((?:[^"]|"")+)"\s*[:=]/y)?.replaceAll('""', '"');
      fields.push({ name: quoted ?? this.#take(/\s*(\w+)\s*[:=]/y), type: this.type() });
    } while (this.#take(/(,)/y) !== undefined);
    if (this.#take(/(>)\s*/y) === undefined) throw this.error();
    return fields;
  }

  #brackets(): string[] {
    const brackets: string[] = [];
    for (let inside = this.#bracket(); inside !== undefined; inside = this.#bracket()) brackets.push(inside.trim());
    return brackets;
  }

  #bracket(): string | undefined {
    return this.#take(/\[([^[\]]*)\]\s*/y);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match[1];
  }
}
