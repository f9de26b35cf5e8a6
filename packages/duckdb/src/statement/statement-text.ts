/** Replaces `original.slice(start, end)`, in UTF-16 units. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A statement as DuckDB is given it, and the way back from there to the client's own text. */
export class StatementText {
  /** What DuckDB is given. */
  readonly sql: string;
  /** What the client sent. */
  readonly original: string;
  readonly #edits: readonly Edit[];

  /** @param edits - in the order of the text, not overlapping */
  constructor(original: string, edits: readonly Edit[] = []) {
    let sql = '';
    let at = 0;
    for (const { start, end, text } of edits) {
      sql += original.slice(at, start) + text;
      at = end;
    }
    this.sql = sql + original.slice(at);
    this.original = original;
    this.#edits = edits;
  }

  /**
   * The place in the client's text as ErrorResponse has it, in characters from 1.
   *
   * @param byteOffset - in bytes of `sql` as UTF-8, from 0: DuckDB's count
   */
  position(byteOffset: number): number {
    const offset = Buffer.from(this.sql).subarray(0, byteOffset).toString().length;
    return this.originalPosition(this.#originalOffset(offset));
  }

  /** The same for a place in `original`, in UTF-16 units from 0. */
  originalPosition(offset: number): number {
    return Array.from(this.original.slice(0, offset)).length + 1;
  }

  #originalOffset(offset: number): number {
    let grown = 0;
    for (const { start, end, text } of this.#edits) {
      if (offset < start + grown) break;
      if (offset < start + grown + text.length) return start;
      grown += text.length - (end - start);
    }
    return offset - grown;
  }
}
