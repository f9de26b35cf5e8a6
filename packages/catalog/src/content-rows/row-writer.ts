import type { WriteStep } from '../engine/engine-messages.js';
import { literal } from '../engine/sql-text.js';
import { type Cell, type SystemRow, type SystemTable, systemTables } from './system-tables.js';

/** Columns that hold a tree, which PostgreSQL reads from no text: COPY cannot write them, a function of the image can. */
const treeColumns: ReadonlySet<string> = new Set(['adbin', 'conbin']);

/** The columns of each table, without those that COPY cannot write. */
const copiedColumns = new Map(
  Object.entries(systemTables).map(([table, columns]) => [
    table,
    columns.split(' ').filter((column) => !treeColumns.has(column)),
  ]),
);

/** Gathers rows of system tables and makes steps of them. */
export class RowWriter {
  readonly #lines = new Map<SystemTable, string[]>();
  readonly #statements: string[] = [];

  /** Adds a row. */
  add<Table extends SystemTable>(table: Table, row: SystemRow<Table>): void;
  add(table: SystemTable, row: Readonly<Record<string, Cell>>): void {
    if (Object.keys(row).some((column) => treeColumns.has(column) && row[column] !== null)) {
      this.#statements.push(insert(table, row));
      return;
    }
    const line = copiedColumns
      .get(table)!
      .map((column) => copyText(row[column] ?? null))
      .join('\t');
    const lines = this.#lines.get(table);
    if (lines === undefined) this.#lines.set(table, [line]);
    else lines.push(line);
  }

  /** Adds SQL that runs after the rows have been written. */
  addSql(sql: string): void {
    this.#statements.push(sql);
  }

  /** What was added since the last time. */
  take(): readonly WriteStep[] {
    const steps: WriteStep[] = [];
    for (const [table, lines] of this.#lines) {
      const text = Buffer.from(`${lines.join('\n')}\n`);
      steps.push({ kind: 'copy', table, columns: copiedColumns.get(table)!, text });
    }
    if (this.#statements.length > 0) steps.push({ kind: 'sql', sql: this.#statements.join(';\n') });
    this.#lines.clear();
    this.#statements.length = 0;
    return steps;
  }
}

function insert(table: SystemTable, row: Readonly<Record<string, Cell>>): string {
  const columns = Object.keys(row);
  const values = columns.map((column) => {
    const cell = row[column] ?? null;
    if (cell === null) return 'NULL';
    return treeColumns.has(column) ? `pg_toast.riffq_tree(${literal(String(cell))})` : literal(cellText(cell));
  });
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values.join(', ')})`;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function copyText(cell: Cell): string {
  if (cell === null) return '\\N';
  const text = cellText(cell);
  return typeof cell === 'string' ? text.replace(/[\\\t\n\r]/g, (character) => escapes[character]!) : text;
}

function cellText(cell: Exclude<Cell, null>): string {
  if (typeof cell === 'boolean') return cell ? 't' : 'f';
  return String(cell);
}
