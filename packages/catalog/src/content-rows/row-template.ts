import { copiedColumns, copyText, delimiter } from './copy-line.js';
import type { Cell, SystemRow, SystemTable } from './system-tables.js';

/**
 * What many rows of a table have in common. A catalog has ten rows and more for each relation, of twenty cells and more, of which a
 * few differ: the text of the others is made once.
 */
export class RowTemplate<Table extends SystemTable, Own extends keyof SystemRow<Table>> {
  readonly table: Table;
  /** The cells that each row has of its own, and what is before each in a line. */
  readonly #own: { readonly before: string; readonly column: string }[] = [];
  readonly #end: string;

  /**
   * @param own - columns that each row has its own cells for
   * @param common - cells of all other columns
   */
  constructor(table: Table, own: readonly Own[], common: Omit<SystemRow<Table>, Own>);
  constructor(table: Table, own: readonly string[], common: Readonly<Record<string, Cell>>) {
    this.table = table;
    let before = '';
    for (const [index, column] of copiedColumns(table).entries()) {
      if (index > 0) before += delimiter;
      if (own.includes(column)) {
        this.#own.push({ before, column });
        before = '';
      } else {
        before += copyText(common[column]!);
      }
    }
    this.#end = before;
  }

  /** The line of a row. */
  line(row: Pick<SystemRow<Table>, Own>): string;
  line(row: Readonly<Record<string, Cell>>): string {
    let line = '';
    for (const { before, column } of this.#own) line += before + copyText(row[column]!);
    return line + this.#end;
  }
}
