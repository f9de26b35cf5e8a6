import { type Cell, type SystemTable, systemTables } from './system-tables.js';

/** Columns that hold a tree, which PostgreSQL reads from no text: COPY cannot write them, a function of the image can. */
export const treeColumns: ReadonlySet<string> = new Set(['adbin', 'conbin']);

const columnsOf = new Map(
  Object.entries(systemTables).map(([table, columns]) => [
    table,
    columns.split(' ').filter((column) => !treeColumns.has(column)),
  ]),
);

/** The columns of a table that COPY can write, in the order of a line. */
export function copiedColumns(table: SystemTable): readonly string[] {
  return columnsOf.get(table)!;
}

/** What is between the cells of a line. */
export const delimiter = '\t';

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A cell as COPY reads it. */
export function copyText(cell: Cell): string {
  if (cell === null) return '\\N';
  return typeof cell === 'string' ? cell.replace(/[\\\t\n\r]/g, (character) => escapes[character]!) : cellText(cell);
}

/** A cell as PostgreSQL reads it elsewhere. */
export function cellText(cell: Exclude<Cell, null>): string {
  if (typeof cell === 'boolean') return cell ? 't' : 'f';
  return String(cell);
}
