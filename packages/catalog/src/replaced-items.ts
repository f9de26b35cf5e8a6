/** What is in one list only; what changed is in both. */
export interface ChangedItems<Item> {
  readonly gone: readonly Item[];
  readonly come: readonly Item[];
}

/** What a list was made of, and how it differs from that. */
interface Origin<Item> {
  /** Lists must not keep all those that were before them. */
  readonly list: WeakRef<readonly Item[]>;
  readonly changed: ChangedItems<Item>;
}

/** Lists of objects, most of which are made of the one before by replacing some items: nobody has to look for these. */
export class ReplacedItems<Item> {
  readonly #origins = new WeakMap<readonly Item[], Origin<Item>>();

  /** A list with other items at some places; the list itself if it has these there. */
  replace(list: readonly Item[], items: ReadonlyMap<number, Item>): readonly Item[] {
    const places = [...items].filter(([place, item]) => list[place] !== item);
    if (places.length === 0) return list;
    const replaced = [...list];
    for (const [place, item] of places) replaced[place] = item;
    const was = places.flatMap(([place]) => list[place] ?? []);
    const is = places.map(([, item]) => item);
    const changed = { gone: without(was, is), come: without(is, was) };
    this.#origins.set(replaced, { list: new WeakRef(list), changed });
    return replaced;
  }

  /** Compares lists by identity. That costs next to nothing where one was made of the other, or they begin and end alike. */
  changed(before: readonly Item[], after: readonly Item[]): ChangedItems<Item> {
    const origin = this.#origins.get(after);
    if (origin !== undefined && origin.list.deref() === before) return origin.changed;
    return before === after ? { gone: [], come: [] } : compared(before, after);
  }
}

function compared<Item>(before: readonly Item[], after: readonly Item[]): ChangedItems<Item> {
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
