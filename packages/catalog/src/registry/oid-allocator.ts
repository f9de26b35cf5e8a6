import { stableOid } from './stable-oid.js';

/** Gives OIDs to objects that came without one, so that no two objects of a database share one. */
export class OidAllocator {
  readonly #taken = new Set<number>();
  #collided = false;

  /** Whether an OID was wanted twice: then those that were given depend on the order. */
  get collided(): boolean {
    return this.#collided;
  }

  /** Keeps an OID that a source gave from being given again. */
  reserve(oid: number | undefined): void {
    if (oid === undefined) return;
    if (this.#taken.has(oid)) this.#collided = true;
    this.#taken.add(oid);
  }

  /** The OID itself when there is one, else one that follows from the names; asked in the same order it is the same again. */
  settle(oid: number | undefined, salt: string, ...parts: readonly string[]): number {
    if (oid !== undefined) return oid;
    let derived = stableOid(salt, ...parts);
    for (let attempt = 1; this.#taken.has(derived); attempt += 1) {
      this.#collided = true;
      derived = stableOid(salt, ...parts, String(attempt));
    }
    this.#taken.add(derived);
    return derived;
  }

  /** Lets an OID be given again. */
  release(oid: number): void {
    this.#taken.delete(oid);
  }
}
