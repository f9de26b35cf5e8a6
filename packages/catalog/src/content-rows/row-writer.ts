import type { WriteStep } from '../engine/engine-messages.js';
import { literal } from '../engine/sql-text.js';
import { cellText, copiedColumns, copyText, delimiter, treeColumns } from './copy-line.js';
import type { RowTemplate } from './row-template.js';
import type { Cell, SystemRow, SystemTable } from './system-tables.js';

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
    const cells = copiedColumns(table).map((column) => copyText(row[column] ?? null));
    this.#addLine(table, cells.join(delimiter));
  }

  /** Adds a row that has most of its cells in common with others. */
  addLike<Table extends SystemTable, Own extends keyof SystemRow<Table>>(
    template: RowTemplate<Table, Own>,
    row: Pick<SystemRow<Table>, Own>,
  ): void {
    this.#addLine(template.table, template.line(row));
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
      steps.push({ kind: 'copy', table, columns: copiedColumns(table), text });
    }
    if (this.#statements.length > 0) steps.push({ kind: 'sql', sql: this.#statements.join(';\n') });
    this.#lines.clear();
    this.#statements.length = 0;
    return steps;
  }

  #addLine(table: SystemTable, line: string): void {
    const lines = this.#lines.get(table);
    if (lines === undefined) this.#lines.set(table, [line]);
    else lines.push(line);
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
