/** Thrown by readers of single cells, which know neither row nor column: an error of the cells is made of it. */
export class CellFault extends Error {
  /**
   * @param found - what the cell has
   * @param path - where in it, as JavaScript writes it: `.list[2]`
   * @param hint - what to give instead
   */
  constructor(
    readonly found: string,
    readonly path: string,
    readonly hint: string,
  ) {
    super(found);
  }
}
