/** Gives names that nothing else has: what is taken gets a number behind it, as PostgreSQL does. */
export class UniqueNames {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  settle(wanted: string): string {
    let name = wanted;
    for (let number = 1; this.#taken.has(name); number += 1) name = `${wanted}${number}`;
    this.#taken.add(name);
    return name;
  }
}
