import { keptName, longestName } from './clip-name.js';

/**
 * A name that nothing else has, cut where PostgreSQL cuts names: what is taken gets a number behind it, as PostgreSQL names
 * the columns of an index that has one twice.
 *
 * @example
 * freeName('id', (name) => columns.has(name)); // 'id', 'id1', 'id2' ...
 */
export function freeName(wanted: string, taken: (name: string) => boolean): string {
  let name = keptName(wanted);
  for (let number = 1; taken(name); number += 1) {
    name = `${keptName(wanted, longestName - String(number).length)}${number}`;
  }
  return name;
}
