import type { NoticeFields } from '@riffq/wire';
import { identifier } from './identifier.js';
import { truncateIdentifier } from './truncate-identifier.js';
import { type Word, wordsOf } from './words.js';

/** Gets the notice of a name that is cut. */
export type Tell = (notice: NoticeFields) => void;

const tellNobody: Tell = () => {};

const greatestInteger = 2_147_483_647;

/** The words of a statement, taken one after another. */
export class WordReader {
  readonly #words: readonly Word[];
  readonly #sql: string;
  readonly #tell: Tell;
  #at: number;

  /** `sql` is the statement that the words are of, for those who ask for a position. */
  constructor(words: readonly Word[], from = 0, sql = '', tell = tellNobody) {
    this.#words = words;
    this.#tell = tell;
    this.#at = from;
    this.#sql = sql;
  }

  /** Reads a statement's words behind its first one. */
  static behindKeyword(sql: string, tell?: Tell): WordReader {
    return new WordReader(wordsOf(sql), 1, sql, tell);
  }

  get done(): boolean {
    return this.#at >= this.#words.length;
  }

  /** The next word, which stays. */
  get word(): Word | undefined {
    return this.#words[this.#at];
  }

  /** Where the next word begins in the statement, which ends there if there is none. */
  get offset(): number {
    return this.word?.start ?? this.#sql.length;
  }

  /** The same as errors tell it: in characters, from 1. */
  get position(): number {
    return [...this.#sql.slice(0, this.offset)].length + 1;
  }

  /** Words that are not taken yet. */
  get rest(): readonly Word[] {
    return this.#words.slice(this.#at);
  }

  /** Takes these keywords, all or none of them. */
  take(...keywords: readonly string[]): boolean {
    if (!keywords.every((keyword, at) => this.#words[this.#at + at]?.keyword === keyword)) return false;
    this.#at += keywords.length;
    return true;
  }

  /** Takes a symbol. */
  takeSymbol(text: string): boolean {
    if (this.word?.kind !== 'symbol' || this.word.text !== text) return false;
    this.#at += 1;
    return true;
  }

  /** Takes an identifier, quoted or not, as PostgreSQL folds it; undefined if something else is there. */
  takeName(): string | undefined {
    const { word } = this;
    if (word?.kind !== 'word' && word?.kind !== 'quotedIdentifier') return undefined;
    this.#at += 1;
    return identifier(word.text);
  }

  /** Takes the name of what is the session's own: it ends where PostgreSQL's do. A handler's tables may have longer ones. */
  takeShortName(): string | undefined {
    const name = this.takeName();
    return name === undefined ? undefined : truncateIdentifier(name, this.#tell);
  }

  /** Takes `name.name`, of any number of names; undefined if something else is there. */
  takeQualifiedName(): readonly string[] | undefined {
    const names: string[] = [];
    do {
      const name = this.takeName();
      if (name === undefined) return undefined;
      names.push(name);
    } while (this.takeSymbol('.'));
    return names;
  }

  /** Takes an integer with its sign; undefined if something else is there. */
  takeInteger(): number | undefined {
    const [first, second] = this.rest;
    const isSigned = first?.kind === 'symbol' && (first.text === '-' || first.text === '+');
    const digits = isSigned ? second : first;
    if (digits?.kind !== 'number' || digits.text.includes('.')) return undefined;
    const value = Number(digits.text.replaceAll('_', ''));
    // To PostgreSQL's scanner what is longer is no integer.
    if (value > greatestInteger) return undefined;
    this.#at += isSigned ? 2 : 1;
    return isSigned && first.text === '-' ? -value : value;
  }

  /** Takes the next word, whatever it is. */
  skip(): Word | undefined {
    return this.#words[this.#at++];
  }
}
