/** Whether two plain values, arrays and objects of such have the same content. */
export function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((value, index) => sameData(value, b[index]));
  }
  const left = Object.entries(a);
  const right: ReadonlyMap<string, unknown> = new Map(Object.entries(b));
  return left.length === right.size && left.every(([key, value]) => sameData(value, right.get(key)));
}
