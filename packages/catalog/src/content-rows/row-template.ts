import { copiedColumns, copyText, delimiter } from './copy-line.js';
import type { Cell, SystemRow, SystemTable } from './system-tables.js';

/**
 * What many rows of a table have in common. A catalog has ten rows and more for each relation, of twenty cells and more, of which a
 * few differ: the text of the others is made once.
 */
export class RowTemplate<Table extends SystemTable, Own extends keyof SystemRow<Table>> {
  readonly table: Table;
  /** The cells that each row has of its own, and what is before each in a line. */
  readonly #own: readonly OwnCell[];
  readonly #end: string;

  private constructor(table: Table, own: readonly OwnCell[], end: string) {
    this.table = table;
    this.#own = own;
    this.#end = end;
  }

  /**
   * Makes a template of a table.
   *
   * @param own - columns that each row has its own cells for
   * @param common - cells of all other columns
   */
  static of<Table extends SystemTable, Own extends keyof SystemRow<Table>>(
    table: Table,
    own: readonly Own[],
    common: Omit<SystemRow<Table>, Own>,
  ): RowTemplate<Table, Own>;
  static of<Table extends SystemTable>(
    table: Table,
    own: readonly string[],
    common: Readonly<Record<string, Cell>>,
  ): RowTemplate<Table, never> {
    const cells = copiedColumns(table).map((column, index) => ({ before: index === 0 ? '' : delimiter, column }));
    const given = cells.map(({ column }) => (own.includes(column) ? undefined : common[column]!));
    return new RowTemplate(table, ...merged(cells, given, ''));
  }

  /** The same with some of the cells settled: for rows that have these in common, too. */
  with<Common extends Own>(common: Pick<SystemRow<Table>, Common>): RowTemplate<Table, Exclude<Own, Common>>;
  with(common: Readonly<Record<string, Cell>>): RowTemplate<Table, never> {
    const given = this.#own.map(({ column }) => common[column]);
    return new RowTemplate(this.table, ...merged(this.#own, given, this.#end));
  }

  /** The line of a row. */
  line(row: Pick<SystemRow<Table>, Own>): string;
  line(row: Readonly<Record<string, Cell>>): string {
    let line = '';
    for (const { before, column } of this.#own) line += before + copyText(row[column]!);
    return line + this.#end;
  }
}

interface OwnCell {
  readonly before: string;
  readonly column: string;
}

/** Puts the cells that are given, in the order of a line, into the text around them. */
function merged(
  cells: readonly OwnCell[],
  given: readonly (Cell | undefined)[],
  end: string,
): [own: readonly OwnCell[], end: string] {
  const own: OwnCell[] = [];
  let text = '';
  for (const [index, { before, column }] of cells.entries()) {
    const cell = given[index];
    text += before;
    if (cell === undefined) {
      own.push({ before: text, column });
      text = '';
    } else {
      text += copyText(cell);
    }
  }
  return [own, text + end];
}
