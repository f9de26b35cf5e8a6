import { sameData } from '../content-rows/same-data.js';
import type { RelationDescription } from './descriptions.js';
import { plainCopy } from './plain-copy.js';
import { type RelationReading, readRelation } from './read-relation.js';
import { isRow } from './row-fields.js';
import { constraintParts, sameRelation } from './same-relation.js';

/** What is no row has no fields. */
const none: { readonly name?: unknown; readonly oid?: unknown; readonly version?: unknown } = {};

/** A relation as it was read of a row. */
export interface KnownRelation {
  readonly name: unknown;
  readonly version: unknown;
  readonly reading: RelationReading;
  /** A copy of those parts of the row that the reading has in another form; null when nobody could compare them. */
  readonly parts: unknown;
  /** With its columns, when these are known to be those of now. */
  relation: RelationDescription | undefined;
  /** The same when it had another version. */
  readonly before: RelationDescription | undefined;
}

/**
 * What was read of the relations of the last pull: a row that is the same again has the same reading, the very object. Rows
 * are compared with what was read, not with each other, because a source may give an object again that it has changed.
 */
export class KnownRelations {
  readonly #before: readonly KnownRelation[];
  readonly #now: KnownRelation[] = [];
  /** How far rows have moved since the last pull: most sources keep their order. */
  #offset = 0;
  #places: ReadonlyMap<unknown, number> | undefined;

  constructor(before?: KnownRelations) {
    this.#before = before === undefined ? [] : before.#now;
  }

  /** Reads the next row. Nothing else is looked at when its version is what it was; one with another OID is another relation. */
  read(row: unknown): KnownRelation {
    // Each field by its own name: there are three of each relation at every pull.
    const fields = isRow<'name' | 'oid' | 'version'>(row) ? row : none;
    const name = fields.name ?? undefined;
    const version = fields.version ?? undefined;
    const before = this.#find(name);
    const isVersion = version !== undefined && before?.version === version && before.relation !== undefined;
    const known = isVersion && before.reading.oid === fields.oid ? before : this.#compared(row, name, version, before);
    this.#now.push(known);
    return known;
  }

  #compared(row: unknown, name: unknown, version: unknown, before: KnownRelation | undefined): KnownRelation {
    const parts = constraintParts(row);
    if (before !== undefined && sameRelation(row, before.reading) && sameData(before.parts, parts)) {
      if (before.version === version) return before;
      return { ...before, version, relation: undefined, before: before.relation ?? before.before };
    }
    const reading = readRelation(row);
    const copy = parts === undefined ? undefined : (plainCopy(parts) ?? null);
    return { name, version, reading, parts: copy, relation: undefined, before: undefined };
  }

  #find(name: unknown): KnownRelation | undefined {
    const expected = this.#before[this.#now.length + this.#offset];
    if (expected?.name === name) return expected;
    this.#places ??= new Map(this.#before.map((known, place) => [known.name, place]));
    const place = this.#places.get(name);
    if (place === undefined) return undefined;
    this.#offset = place - this.#now.length;
    return this.#before[place];
  }
}
