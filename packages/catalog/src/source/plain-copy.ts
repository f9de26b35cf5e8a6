/** An index, foreign key or check, what it refers to, the columns of that. */
const deepest = 5;

/** A copy of plain values; undefined when something in it is not plain, so that nobody could tell whether it changes. */
export function plainCopy(value: unknown, depth = 0): unknown {
  if (!isObject(value)) return value;
  if (depth > deepest) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => plainCopy(item, depth + 1));
    return items.some((item, at) => item === undefined && value[at] !== undefined) ? undefined : items;
  }
  // Objects of a class may have getters, which no copy has.
  if (Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  const copy: Record<string, unknown> = {};
  for (const key in value) {
    const kept = plainCopy(value[key], depth + 1);
    if (kept === undefined && value[key] !== undefined) return undefined;
    copy[key] = kept;
  }
  return copy;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
