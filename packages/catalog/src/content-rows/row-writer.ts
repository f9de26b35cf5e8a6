import type { WriteStep } from '../engine/engine-messages.js';
import { literal } from '../engine/sql-text.js';
import { cellText, copiedColumns, copyText, delimiter, treeColumns } from './copy-line.js';
import type { RowTemplate } from './row-template.js';
import type { Cell, SystemRow, SystemTable } from './system-tables.js';

/** A table that rows are written to, by COPY or by statements alone. */
export type WrittenTable = SystemTable | 'pg_catalog.pg_rewrite' | 'pg_catalog.pg_database';

/** Gathers rows of system tables and makes steps of them. */
export class RowWriter {
  readonly #lines = new Map<SystemTable, string[]>();
  readonly #statements = new Map<WrittenTable, string[]>();

  /** Adds a row. */
  add<Table extends SystemTable>(table: Table, row: SystemRow<Table>): void;
  add(table: SystemTable, row: Readonly<Record<string, Cell>>): void {
    if (Object.keys(row).some((column) => treeColumns.has(column) && row[column] !== null)) {
      this.addSql(table, insert(table, row));
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

  /** Adds SQL that writes a row of a table. It runs after all lines have been written. */
  addSql(table: WrittenTable, sql: string): void {
    addTo(this.#statements, table, sql);
  }

  /**
   * Adds the rows of an object that was there before, which `before` has, but for those that are there already. Gives the tables of
   * which a row is no more: there all of the object have to go first, and all are written.
   */
  addChanges(before: RowWriter, after: RowWriter): ReadonlySet<WrittenTable> {
    const gone = new Set<WrittenTable>();
    const stay = new Map<WrittenTable, ReadonlySet<string>>();
    for (const table of before.tables) {
      const [was, is] = [before.#rows(table), new Set(after.#rows(table))];
      if (was.every((row) => is.has(row))) stay.set(table, new Set(was));
      else gone.add(table);
    }
    for (const [table, lines] of after.#lines) {
      for (const line of lines) if (stay.get(table)?.has(line) !== true) this.#addLine(table, line);
    }
    for (const [table, statements] of after.#statements) {
      for (const sql of statements) if (stay.get(table)?.has(sql) !== true) this.addSql(table, sql);
    }
    return gone;
  }

  /** The tables that have rows. */
  get tables(): ReadonlySet<WrittenTable> {
    return new Set([...this.#lines.keys(), ...this.#statements.keys()]);
  }

  #rows(table: WrittenTable): readonly string[] {
    const lines: ReadonlyMap<WrittenTable, readonly string[]> = this.#lines;
    return [...(lines.get(table) ?? []), ...(this.#statements.get(table) ?? [])];
  }

  /** What was added since the last time. */
  take(): readonly WriteStep[] {
    const steps: WriteStep[] = [];
    for (const [table, lines] of this.#lines) {
      const text = Buffer.from(`${lines.join('\n')}\n`);
      steps.push({ kind: 'copy', table, columns: copiedColumns(table), text });
    }
    const statements = [...this.#statements.values()].flat();
    if (statements.length > 0) steps.push({ kind: 'sql', sql: statements.join(';\n') });
    this.#lines.clear();
    this.#statements.clear();
    return steps;
  }

  #addLine(table: SystemTable, line: string): void {
    addTo(this.#lines, table, line);
  }
}

function addTo<Table>(rows: Map<Table, string[]>, table: Table, row: string): void {
  const before = rows.get(table);
  if (before === undefined) rows.set(table, [row]);
  else before.push(row);
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
