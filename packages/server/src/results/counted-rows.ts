import type { OutputSettings } from '@riffq/arrow-helpers';
import type { FieldDescription } from '@riffq/wire';
import { type CopyableRows, type CopyFrame, type Format, isCopyable, type RowStream } from './row-stream.js';

/** Told of rows as they are encoded; what it throws keeps them from being sent. */
export type OnRows = (rows: number, bytes: number) => void;

/** Rows whose number and bytes somebody wants to know. */
export function countedRows(rows: RowStream, onRows: OnRows): RowStream {
  return isCopyable(rows) ? new CountedCopyableRows(rows, onRows) : new CountedRows(rows, onRows);
}

class CountedRows implements RowStream {
  readonly fields: readonly FieldDescription[];
  readonly tag: (count: number) => string;
  readonly #rows: RowStream;
  readonly #onRows: OnRows;

  constructor(rows: RowStream, onRows: OnRows) {
    this.fields = rows.fields;
    this.tag = rows.tag;
    this.#rows = rows;
    this.#onRows = onRows;
  }

  start(formats: readonly Format[], settings: OutputSettings): void {
    this.#rows.start(formats, settings);
  }

  get available(): number {
    return this.#rows.available;
  }

  pull(): boolean | Promise<boolean> {
    return this.#rows.pull();
  }

  fill(target: Uint8Array<ArrayBuffer>, offset: number, maxRows: number): number {
    const before = this.#rows.available;
    const end = this.#rows.fill(target, offset, maxRows);
    if (end > offset) this.#onRows(before - this.#rows.available, end - offset);
    return end;
  }

  nextRowSize(): number {
    return this.#rows.nextRowSize();
  }

  hold(limit: number): Promise<number> {
    return this.#rows.hold(limit);
  }

  close(): Promise<void> {
    return this.#rows.close();
  }
}

class CountedCopyableRows extends CountedRows implements CopyableRows {
  readonly #copyable: CopyableRows;

  constructor(rows: CopyableRows, onRows: OnRows) {
    super(rows, onRows);
    this.#copyable = rows;
  }

  startCopy(...given: Parameters<CopyableRows['startCopy']>): CopyFrame {
    return this.#copyable.startCopy(...given);
  }
}
