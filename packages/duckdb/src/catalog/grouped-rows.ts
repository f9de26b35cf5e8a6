import type { SystemRow } from './system-row.js';

/** Rows by a name that several of them have, in the order in which they came. */
export class GroupedRows {
  readonly #groups = new Map<string, SystemRow[]>();

  add(name: string, row: SystemRow): void {
    const group = this.#groups.get(name);
    if (group === undefined) this.#groups.set(name, [row]);
    else group.push(row);
  }

  of(name: string): readonly SystemRow[] {
    return this.#groups.get(name) ?? [];
  }
}
