interface HandlersCursor {
  readonly hold: boolean;
  /** How many savepoints there were. */
  readonly depth: number;
  /** Its transaction has been committed. */
  readonly isHeld: boolean;
}

/** More than so many at once are worth no memory. */
const rememberedAtMost = 1000;

/** The cursors that a handler has, as far as its DECLAREs tell: in a failed block it cannot be asked for them. */
export class HandlersCursors {
  /** Most sessions never have one. */
  #cursors: Map<string, HandlersCursor> | undefined;

  has(name: string): boolean {
    return this.#cursors?.has(name) ?? false;
  }

  declare(name: string, hold: boolean, depth: number): void {
    this.#cursors ??= new Map();
    if (this.#cursors.size < rememberedAtMost) this.#cursors.set(name, { hold, depth, isHeld: false });
  }

  close(name: string): void {
    this.#cursors?.delete(name);
  }

  closeAll(): void {
    this.#cursors = undefined;
  }

  /** Goes back to the savepoint of a number from 0. */
  rollbackTo(savepoint: number): void {
    for (const [name, { depth, isHeld }] of this.#cursors ?? []) {
      if (!isHeld && depth > savepoint) this.close(name);
    }
  }

  /** Those that were declared behind the savepoint are of what was before it. */
  release(savepoint: number): void {
    for (const [name, cursor] of this.#cursors ?? []) {
      if (cursor.depth > savepoint) this.#cursors?.set(name, { ...cursor, depth: savepoint });
    }
  }

  endTransaction(how: 'commit' | 'rollback'): void {
    for (const [name, cursor] of this.#cursors ?? []) {
      if (cursor.isHeld) continue;
      if (how === 'commit' && cursor.hold) this.#cursors?.set(name, { ...cursor, isHeld: true });
      else this.close(name);
    }
  }
}
