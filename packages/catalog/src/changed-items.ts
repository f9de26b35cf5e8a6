/** What is in one list only; what changed is in both. */
export interface ChangedItems<Item> {
  readonly gone: readonly Item[];
  readonly come: readonly Item[];
}

/** Compares lists of objects by identity. That costs next to nothing where they begin and end alike. */
export function changedItems<Item>(before: readonly Item[], after: readonly Item[]): ChangedItems<Item> {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const [was, is] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  return { gone: without(was, is), come: without(is, was) };
}

function without<Item>(items: readonly Item[], others: readonly Item[]): readonly Item[] {
  if (others.length === 0) return items;
  const known = new Set(others);
  return items.filter((item) => !known.has(item));
}
