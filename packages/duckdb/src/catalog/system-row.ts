import { DuckDBListValue, type DuckDBValue } from '@duckdb/node-api';
import type { NativeConnection } from '../connection/native-connection.js';

/** A row of one of DuckDB's system functions. */
export class SystemRow {
  readonly #values: Readonly<Record<string, DuckDBValue>>;

  constructor(values: Readonly<Record<string, DuckDBValue>>) {
    this.#values = values;
  }

  text(name: string): string {
    return this.optionalText(name) ?? '';
  }

  optionalText(name: string): string | null {
    const value = this.#values[name] ?? null;
    return value === null ? null : withoutNul(String(value));
  }

  texts(name: string): readonly string[] {
    const value = this.#values[name];
    return value instanceof DuckDBListValue ? value.items.map((item) => withoutNul(String(item))) : [];
  }

  number(name: string): number {
    return Number(this.#values[name] ?? 0);
  }

  integer(name: string): bigint {
    return BigInt(this.text(name));
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }
}

/** No text of PostgreSQL's has NUL; DuckDB's may, such as a label of an enum that a query made. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '\ufffd');
}

/** The rows of a query; other work of the program runs between one chunk of them and the next. */
export async function readSystemRows(
  connection: NativeConnection,
  sql: string,
  signal: AbortSignal,
): Promise<readonly SystemRow[]> {
  const result = await connection.call((native) => native.run(sql), { signal });
  const names = result.columnNames();
  const rows: SystemRow[] = [];
  for (;;) {
    const chunk = await connection.call(() => result.fetchChunk(), { signal });
    if (chunk === null || chunk.rowCount === 0) return rows;
    for (const values of chunk.getRowObjects(names)) rows.push(new SystemRow(values));
  }
}
