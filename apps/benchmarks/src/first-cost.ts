import type { Catalog } from '@riffq/catalog';
import type { ManyTables } from './many-tables.js';

/**
 * Milliseconds of the processor for the first pull of the source's tables and for writing them. PostgreSQL runs by then, over a source
 * that had none.
 */
export async function firstCost(source: ManyTables, catalog: Catalog): Promise<number> {
  const { tables } = source;
  const sql = 'SELECT 1 FROM pg_class LIMIT 1';
  source.tables = 0;
  await cpuOf(catalog, sql);
  source.tables = tables;
  return cpuOf(catalog, sql);
}

/** Milliseconds of the processor that a query takes. */
export async function cpuOf(catalog: Catalog, sql: string): Promise<number> {
  const before = process.cpuUsage();
  await catalog.query(sql, [], { user: 'alice', database: 'shop' });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Whether it is what `first-cost-program` tells. */
export function isFirstCost(value: unknown): value is { readonly cpu: number } {
  return typeof value === 'object' && value !== null && 'cpu' in value && typeof value.cpu === 'number';
}
