import { FIRST_OID_BEYOND, stableOid } from './stable-oid.js';

/** Some clients read OIDs as 31 bits. */
const LAST_SIGNED_OID = 2 ** 31 - 1;

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

  /**
   * OIDs that ascend, for labels of an enum in their order: PostgreSQL compares even ones as they are. Others, which only come from
   * labels that were put between two, it looks up once, and remembers.
   */
  settleAscending(count: number, salt: string, ...parts: readonly string[]): readonly number[] {
    for (let attempt = 0; ; attempt += 1) {
      const derived = stableOid(salt, ...parts, ...(attempt === 0 ? [] : [String(attempt)]));
      const oids = Array.from({ length: count }, (_, index) => derived - (derived % 2) + 2 * index);
      if (oids.some((oid) => this.#taken.has(oid))) {
        this.#collided = true;
        continue;
      }
      for (const oid of oids) this.#taken.add(oid);
      return oids;
    }
  }

  /**
   * As `settle`, beyond all that `settle` gives: for objects of which there are so many that hashes of their names may well be the
   * same. That is no reason to build everything anew.
   */
  settleBeyond(salt: string, ...parts: readonly string[]): number {
    for (let attempt = 0; ; attempt += 1) {
      const derived = stableOid(salt, ...parts, ...(attempt === 0 ? [] : [String(attempt)]));
      const oid = FIRST_OID_BEYOND + (derived % (LAST_SIGNED_OID - FIRST_OID_BEYOND + 1));
      if (this.#taken.has(oid)) continue;
      this.#taken.add(oid);
      return oid;
    }
  }

  /** Lets an OID be given again. */
  release(oid: number): void {
    this.#taken.delete(oid);
  }
}
