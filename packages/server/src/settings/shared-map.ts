/** Maps are never changed once they are made, so that savepoints and thousands of sessions may share them. */
export function withEntry<T>(map: ReadonlyMap<string, T>, key: string, value: T): ReadonlyMap<string, T> {
  return new Map(map).set(key, value);
}

export function without<T>(map: ReadonlyMap<string, T>, key: string): ReadonlyMap<string, T> {
  if (!map.has(key)) return map;
  const others = new Map(map);
  others.delete(key);
  return others;
}
