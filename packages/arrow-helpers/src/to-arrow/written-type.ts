import { PgError, sqlstate } from '@riffq/wire';

/** The name of a type taken apart as it is written: nothing is looked up yet. */
export interface WrittenType {
  /** Its words, in lower case unless it is quoted. */
  readonly name: string;
  /** The same as it is written, for names that are of one case only. */
  readonly exactName: string;
  /** What is in parentheses: `10` and `2` of `numeric(10,2)`. */
  readonly modifiers: readonly string[];
  /** What is in angle brackets: `item: int32` of `list<item: int32>`; undefined without them. */
  readonly fields: readonly WrittenField[] | undefined;
  /** A unit in angle brackets, and perhaps a zone: `MICROSECOND, UTC` of `Timestamp<MICROSECOND, UTC>`. */
  readonly unit: string | undefined;
  /** What is in the type's own brackets: `us, tz=UTC` of `timestamp[us, tz=UTC]`, `2` of `FixedSizeList[2]<Int32>`. */
  readonly setting: string | undefined;
  /** What is in each pair of brackets of an array: `''` twice of `int4[][]`. */
  readonly dimensions: readonly string[];
}

/** A field of a nested type, or a setting of a dictionary's. */
export interface WrittenField {
  readonly name: string | undefined;
  readonly type: WrittenType;
  /** False behind `not null`. */
  readonly nullable: boolean;
  /** What stands for it in a union: 0 of `a: int32=0`. */
  readonly typeId: number | undefined;
}

/** Names of types whose size is in brackets. */
const SIZED = /^fixed_?size_?(?:binary|list)$/i;

const PATTERNS = {
  quotedName: /\s*"((?:[^"]|"")+)"\s*/y,
  /** `not null` is no part of a name. */
  word: /\s*((?!not\s+null\b)[\w.]+)\s*/iy,
  modifiers: /\(([^()']*)\)\s*/y,
  sizeBefore: /\[(\d+)\]\s*(?=<)/y,
  unit: /<\s*((?:second|millisecond|microsecond|nanosecond|day|year_month|day_time|month_day_nano)(?:\s*,\s*[^<>]*)?)>\s*/iy,
  bracket: /\[([^[\]]*)\]\s*/y,
  open: /(<)\s*/y,
  close: /(>)\s*/y,
  /** apache-arrow writes structs with braces, and the names in them as they are. */
  openBrace: /(\{)/y,
  closeBrace: /(\})/y,
  nameInBraces: /([^:]*):/y,
  quotedFieldName: /\s*"((?:[^"]|"")+)"\s*:/y,
  fieldName: /\s*([^\s<>,:=|{}"[\]][^<>,:=|{}"[\]]*?)\s*:/y,
  settingName: /\s*(values|indices|ordered)\s*=/y,
  notNull: /(not\s+null)\s*/iy,
  typeId: /=\s*(\d+)\s*/y,
  /** pyarrow tells what the fields of a map are called, if not as usual; apache-arrow has no other names. */
  usualName: /(\('[^']*'\))\s*/y,
  separator: /([,|])/y,
  separatorInBraces: /(, ?)/y,
} as const;

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
    const quoted = this.#take('quotedName');
    const words = quoted === undefined ? this.#words() : [`"${quoted}"`];
    if (words.length === 0) throw this.error();
    const inParentheses = this.#take('modifiers');
    if (quoted === undefined) words.push(...this.#words());
    const modifiers = inParentheses?.split(',').map((modifier) => modifier.trim()) ?? [];
    const exactName = words.join(' ');
    const name = quoted === undefined ? exactName.toLowerCase() : exactName;
    const sizeBefore = this.#take('sizeBefore');
    const unit = this.#take('unit')?.trim();
    const fields = unit === undefined ? this.#fields() : undefined;
    const brackets = this.#brackets();
    // The bounds of PostgreSQL's array types mean nothing; all else in brackets is Arrow's.
    const isSetting = brackets[0] !== undefined && (SIZED.test(name) || !/^\d*$/.test(brackets[0]));
    const setting = sizeBefore ?? (isSetting ? brackets[0] : undefined);
    const dimensions = sizeBefore === undefined && isSetting ? brackets.slice(1) : brackets;
    return { name, exactName, modifiers, fields, unit, setting, dimensions };
  }

  error(): PgError {
    return new PgError({
      sqlstate: sqlstate.syntax_error,
      message: `syntax error at or near "${this.text.slice(this.#at)}"`,
      detail: `It is in the name of the type "${this.text}".`,
      hint: 'An Arrow type itself can be given in place of its name.',
    });
  }

  #words(): string[] {
    const words: string[] = [];
    for (let word = this.#take('word'); word !== undefined; word = this.#take('word')) words.push(word);
    return words;
  }

  #fields(): WrittenField[] | undefined {
    if (this.#take('open') === undefined) return undefined;
    const fields: WrittenField[] = [];
    if (this.#take('openBrace') !== undefined) this.#fieldsInBraces(fields);
    else if (!this.#isAt('>')) {
      do fields.push(this.#field());
      while (this.#take('separator') !== undefined);
    }
    if (this.#take('close') === undefined) throw this.error();
    return fields;
  }

  #fieldsInBraces(fields: WrittenField[]): void {
    if (!this.#isAt('}')) {
      do {
        const name = this.#take('nameInBraces');
        if (name === undefined) throw this.error();
        fields.push({ name, type: this.type(), nullable: true, typeId: undefined });
      } while (this.#take('separatorInBraces') !== undefined);
    }
    if (this.#take('closeBrace') === undefined) throw this.error();
  }

  #field(): WrittenField {
    const quoted = this.#take('quotedFieldName')?.replaceAll('""', '"');
    const name = quoted ?? this.#take('settingName') ?? this.#take('fieldName');
    const type = this.type();
    const nullable = this.#take('notNull') === undefined;
    const typeId = this.#take('typeId');
    this.#take('usualName');
    return { name, type, nullable, typeId: typeId === undefined ? undefined : Number(typeId) };
  }

  #brackets(): string[] {
    const brackets: string[] = [];
    for (let inside = this.#take('bracket'); inside !== undefined; inside = this.#take('bracket')) {
      brackets.push(inside.trim());
    }
    return brackets;
  }

  #isAt(character: string): boolean {
    return this.text[this.#at] === character;
  }

  #take(kind: keyof typeof PATTERNS): string | undefined {
    const pattern = PATTERNS[kind];
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match[1];
  }
}
