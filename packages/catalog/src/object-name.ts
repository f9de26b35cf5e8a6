import { clipName, keptName, longestName } from './clip-name.js';

/**
 * The name that PostgreSQL gives to an index or constraint without one: `orders_customer_id_fkey`, numbered when that is
 * taken, its longer part cut when it would be too long.
 */
export function chooseName(
  table: string,
  columns: readonly string[],
  label: string,
  taken: (name: string) => boolean,
): string {
  const joined = columns.length === 1 ? columns[0]! : columns.join('_');
  for (let pass = 0; ; pass += 1) {
    const name = objectName(table, joined, pass === 0 ? label : `${label}${pass}`);
    if (!taken(name)) return name;
  }
}

/** The name that PostgreSQL gives to the type of arrays of a type: `_orders`, numbered when that is taken. */
export function chooseArrayName(type: string, taken: (name: string) => boolean): string {
  for (let pass = 0; ; pass += 1) {
    const suffix = pass === 0 ? '' : `_${pass}`;
    const name = `_${keptName(type, longestName - 1 - suffix.length)}${suffix}`;
    if (!taken(name)) return name;
  }
}

function objectName(table: string, columns: string, label: string): string {
  const available = longestName - 1 - label.length - (columns === '' ? 0 : 1);
  // Nearly all are short, and a catalog may have one for each column.
  if (Buffer.byteLength(table) + Buffer.byteLength(columns) <= available)
    return columns === '' ? `${table}_${label}` : `${table}_${columns}_${label}`;
  const [first, second] = [Buffer.from(table), Buffer.from(columns)];
  let [firstLength, secondLength] = [first.length, second.length];
  while (firstLength + secondLength > available) {
    if (firstLength > secondLength) firstLength -= 1;
    else secondLength -= 1;
  }
  return [clipName(first, firstLength).toString(), clipName(second, secondLength).toString(), label]
    .filter((part) => part !== '')
    .join('_');
}
