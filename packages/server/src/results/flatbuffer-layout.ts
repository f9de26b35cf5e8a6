import type { FlatbufferTable } from './flatbuffer-table.js';

/** What of a table leads elsewhere, by the numbers of its slots; numbers and structs stand in the table itself. */
export interface TableLayout {
  /** The bytes of an element of a vector. */
  readonly vectors?: Readonly<Record<number, number>>;
  readonly tables?: Readonly<Record<number, () => TableLayout>>;
  readonly vectorsOfTables?: Readonly<Record<number, () => TableLayout>>;
  /** Tables of the kind that the slot before tells; of those that are not here nothing leads elsewhere. */
  readonly unions?: Readonly<Record<number, Readonly<Record<number, () => TableLayout>>>>;
}

/**
 * Looks whether all that a table leads to is within the bytes, of which there are so many.
 *
 * @throws RangeError saying that it is not
 */
export function requireLayout(table: FlatbufferTable, layout: TableLayout, bytes: number): void {
  let left = bytes;
  const visit = (
    visited: FlatbufferTable | undefined,
    { vectors, tables, vectorsOfTables, unions }: TableLayout,
  ): void => {
    if (visited === undefined) return;
    left--;
    // Tables that lead back to each other have no end.
    if (left < 0) throw new RangeError('there are more tables than bytes');
    for (const [slot, size] of slotsOf(vectors)) visited.requireVector(slot, size);
    for (const [slot, inner] of slotsOf(tables)) visit(visited.table(slot), inner());
    for (const [slot, inner] of slotsOf(vectorsOfTables))
      for (const found of visited.tables(slot)) visit(found, inner());
    for (const [slot, kinds] of slotsOf(unions)) visit(visited.table(slot), kinds[visited.byte(slot - 1)]?.() ?? {});
  };
  visit(table, layout);
}

function slotsOf<T>(slots: Readonly<Record<number, T>> = {}): readonly (readonly [number, T])[] {
  return Object.entries(slots).map(([slot, value]) => [Number(slot), value]);
}
