/** The cycles of a directed graph, each from its first node back to it; one for every edge that closes a circle. */
export function findCycles(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const cycles: string[][] = [];
  const finished = new Set<string>();
  const way: string[] = [];

  const visit = (node: string): void => {
    const start = way.indexOf(node);
    if (start >= 0) {
      cycles.push([...way.slice(start), node]);
    }
    if (start >= 0 || finished.has(node)) {
      return;
    }
    way.push(node);
    for (const next of edges.get(node) ?? []) {
      visit(next);
    }
    way.pop();
    finished.add(node);
  };

  for (const node of edges.keys()) {
    visit(node);
  }
  return cycles;
}
