/**
 * A table of a flatbuffer, whose slots are found by their numbers (https://flatbuffers.dev/internals/). What leads out of the bytes is a
 * RangeError.
 */
export class FlatbufferTable {
  constructor(
    private readonly view: DataView,
    readonly at: number,
  ) {}

  /** The table that an offset here leads to. */
  root(): FlatbufferTable {
    return this.#tableAt(this.at);
  }

  table(slot: number): FlatbufferTable | undefined {
    const at = this.#slot(slot);
    return at === undefined ? undefined : this.#tableAt(at);
  }

  tables(slot: number): readonly FlatbufferTable[] {
    const vector = this.#vector(slot, 4);
    if (vector === undefined) return [];
    return Array.from({ length: vector.count }, (_, index) => this.#tableAt(vector.start + 4 * index));
  }

  /** The numbers of 64 bits in a vector of structs that have nothing else in so many bytes: one array for each. */
  structs(slot: number, bytes: number): readonly (readonly bigint[])[] {
    const vector = this.#vector(slot, bytes);
    if (vector === undefined) return [];
    return Array.from({ length: vector.count }, (_, index) =>
      Array.from({ length: bytes / 8 }, (_, number) =>
        this.view.getBigInt64(vector.start + bytes * index + 8 * number, true),
      ),
    );
  }

  byte(slot: number): number {
    const at = this.#slot(slot);
    return at === undefined ? 0 : this.view.getUint8(at);
  }

  long(slot: number): bigint {
    const at = this.#slot(slot);
    return at === undefined ? 0n : this.view.getBigInt64(at, true);
  }

  text(slot: number): string {
    const vector = this.#vector(slot, 1);
    if (vector === undefined) return '';
    return Buffer.from(this.view.buffer, this.view.byteOffset + vector.start, vector.count).toString();
  }

  /** Looks whether all of a vector, or of a text, is there. */
  requireVector(slot: number, elementBytes: number): void {
    this.#vector(slot, elementBytes);
  }

  #vector(slot: number, elementBytes: number): { readonly start: number; readonly count: number } | undefined {
    const at = this.#slot(slot);
    if (at === undefined) return undefined;
    const vector = this.#target(at);
    const count = this.view.getUint32(vector, true);
    const start = vector + 4;
    if (start + count * elementBytes > this.view.byteLength) throw new RangeError('a vector is longer than the bytes');
    return { start, count };
  }

  #tableAt(at: number): FlatbufferTable {
    return new FlatbufferTable(this.view, this.#target(at));
  }

  #target(at: number): number {
    return at + this.view.getUint32(at, true);
  }

  #slot(slot: number): number | undefined {
    const slotsAt = this.at - this.view.getInt32(this.at, true);
    const offsetAt = 4 + 2 * slot;
    if (offsetAt >= this.view.getUint16(slotsAt, true)) return undefined;
    const offset = this.view.getUint16(slotsAt + offsetAt, true);
    return offset === 0 ? undefined : this.at + offset;
  }
}
