import { tooManyUnread, tooMuchUnread } from '../errors/limit-errors.js';
import type { RowStream } from '../results/row-stream.js';

/** What all sessions may keep, in answers as large as one may be; beyond, each may keep a small one. */
const largestAtOnce = 8;
const smallPart = 64;

/** The unread rows of one answer. Who has read a piece has let go of those before it. */
export class KeptRows implements Iterator<Uint8Array>, Iterable<Uint8Array> {
  /** What reads them. */
  stream: RowStream | undefined;
  /** They are in memory as they are: whoever wants them kept need not copy them. */
  readonly isKept = true;
  readonly #onRelease: (bytes: number) => void;
  readonly #pieces: Uint8Array[];
  #given = 0;

  constructor(pieces: readonly Uint8Array[], onRelease: (bytes: number) => void) {
    this.#pieces = [...pieces];
    this.#onRelease = onRelease;
  }

  get bytes(): number {
    return this.#pieces.reduce((sum, piece) => sum + piece.length, this.#given);
  }

  next(): IteratorResult<Uint8Array, undefined> {
    this.#release(this.#given);
    const piece = this.#pieces.shift();
    this.#given = piece?.length ?? 0;
    return piece === undefined ? { done: true, value: undefined } : { done: false, value: piece };
  }

  return(): IteratorResult<Uint8Array, undefined> {
    const { bytes } = this;
    this.#pieces.length = 0;
    this.#given = 0;
    this.#release(bytes);
    return { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }

  #release(bytes: number): void {
    if (bytes > 0) this.#onRelease(bytes);
  }
}

/**
 * Answers of the catalog that clients have not read. PostgreSQL is held by nobody, so that its answers are, in memory: those of
 * one session's cursors and portals together may have as many bytes as one answer.
 */
export class KeptAnswers {
  readonly #answerLimit: number;
  readonly #ofSessions = new Map<object, Set<KeptRows>>();
  #bytes = 0;

  /** @param answerLimit - bytes that one answer may have */
  constructor(answerLimit: number) {
    this.#answerLimit = answerLimit;
  }

  /**
   * Keeps an answer for a session.
   *
   * @throws PgError 54000 when that would be too much for the session, 53400 when it would for all of them
   */
  keep(session: object, pieces: readonly Uint8Array[], nameOf: (stream: RowStream) => string | undefined): KeptRows {
    const answers = this.#ofSessions.get(session) ?? new Set<KeptRows>();
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const ofSession = Array.from(answers, (answer) => answer.bytes).reduce((sum, more) => sum + more, bytes);
    if (ofSession > this.#answerLimit) {
      const names = Array.from(answers, ({ stream }) => stream && nameOf(stream));
      throw tooMuchUnread(
        this.#answerLimit,
        names.filter((name) => name !== undefined),
      );
    }
    const isSmall = ofSession <= this.#answerLimit / smallPart;
    if (!isSmall && this.#bytes + bytes > largestAtOnce * this.#answerLimit) throw tooManyUnread();
    this.#bytes += bytes;
    const kept = new KeptRows(pieces, (released) => {
      this.#bytes -= released;
      if (kept.bytes > 0) return;
      answers.delete(kept);
      if (answers.size === 0) this.#ofSessions.delete(session);
    });
    if (bytes > 0) this.#ofSessions.set(session, answers.add(kept));
    return kept;
  }
}
