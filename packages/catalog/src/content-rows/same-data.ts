/** Whether two plain values, arrays and objects of such have the same content. */
export function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  // Called for every column of a catalog: Object.entries would make an array for each.
  let members = 0;
  for (const key in a) {
    members++;
    if (!sameData(a[key], b[key])) return false;
  }
  for (const _ in b) members--;
  return members === 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
