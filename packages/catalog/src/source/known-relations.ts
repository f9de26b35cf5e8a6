import { sameData } from '../content-rows/same-data.js';
import { ReplacedItems } from '../replaced-items.js';
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
  readonly oid: unknown;
  readonly version: unknown;
  readonly reading: RelationReading;
  /** A copy of those parts of the row that the reading has in another form; null when nobody could compare them. */
  readonly parts: unknown;
  /** With its columns, when these are known to be those of now; the reading itself when its row had them. */
  relation: RelationDescription | undefined;
  /** The same when it had another version. */
  readonly before: RelationDescription | undefined;
}

/** The lists of relations that pulls give. */
export const descriptionLists = new ReplacedItems<RelationDescription>();

/**
 * What was read of the relations of the last pull: a row that is the same again has the same reading, the very object. Rows
 * are compared with what was read, not with each other, because a source may give an object again that it has changed.
 *
 * A pull looks at each row, and at nothing else that there is one of for each relation: what did not change stays in the lists
 * of the last pull, which this one shares until something does.
 */
export class KnownRelations {
  readonly #before: readonly KnownRelation[];
  readonly #listBefore: readonly RelationDescription[] | undefined;
  /** The same list as long as nothing is written to it, then a copy. */
  #now: KnownRelation[];
  #count = 0;
  /** Where another relation is than in the last pull. */
  readonly #changed: number[] = [];
  /** Those whose columns have to be asked for. */
  readonly incomplete: KnownRelation[] = [];
  #list: readonly RelationDescription[] | undefined;
  /** How far rows have moved since the last pull: most sources keep their order. */
  #offset = 0;
  #places: ReadonlyMap<unknown, number> | undefined;

  constructor(before?: KnownRelations) {
    this.#now = before === undefined ? [] : before.#now;
    this.#before = this.#now;
    this.#listBefore = before === undefined ? undefined : before.#list;
  }

  /** Reads the next row. Nothing else is looked at when its version is what it was; one with another OID is another relation. */
  read(row: unknown): void {
    // Each field by its own name: there are three of each relation at every pull.
    const fields = isRow<'name' | 'oid' | 'version'>(row) ? row : none;
    const name = fields.name ?? undefined;
    const version = fields.version ?? undefined;
    const before = this.#find(name);
    const isVersion = version !== undefined && before?.version === version && before.relation !== undefined;
    const known = isVersion && before.oid === fields.oid ? before : this.#compared(row, name, version, before);
    if (isComplete(known)) {
      this.#put(known);
    } else {
      // Its own: a pull that all have left may still be reading columns beside this one.
      const asked = { ...known };
      this.incomplete.push(asked);
      this.#put(asked);
    }
  }

  /** All of them, when every row is read and their columns are known. */
  relations(): readonly RelationDescription[] {
    this.#list ??= this.#makeList();
    return this.#list;
  }

  #makeList(): readonly RelationDescription[] {
    const before = this.#listBefore;
    if (this.#now.length > this.#count) this.#now = this.#now.slice(0, this.#count);
    if (before?.length !== this.#count) return this.#now.map(columnsKnown);
    const changed = this.#changed.map((place) => [place, columnsKnown(this.#now[place]!)] as const);
    return descriptionLists.replace(before, new Map(changed));
  }

  #put(known: KnownRelation): void {
    const place = this.#count++;
    if (known === this.#before[place]) return;
    if (this.#now === this.#before) this.#now = [...this.#before];
    this.#now[place] = known;
    this.#changed.push(place);
  }

  #compared(row: unknown, name: unknown, version: unknown, before: KnownRelation | undefined): KnownRelation {
    const parts = constraintParts(row);
    if (before !== undefined && sameRelation(row, before.reading) && sameData(before.parts, parts)) {
      if (before.version === version) return before;
      if (hasColumns(before.reading)) return { ...before, version };
      return { ...before, version, relation: undefined, before: before.relation ?? before.before };
    }
    const reading = readRelation(row);
    const copy = parts === undefined ? undefined : (plainCopy(parts) ?? null);
    const relation = hasColumns(reading) ? reading : undefined;
    return { name, oid: reading.oid, version, reading, parts: copy, relation, before: undefined };
  }

  #find(name: unknown): KnownRelation | undefined {
    const expected = this.#before[this.#count + this.#offset];
    if (expected?.name === name) return expected;
    this.#places ??= new Map(this.#before.map((known, place) => [known.name, place]));
    const place = this.#places.get(name);
    if (place === undefined) return undefined;
    this.#offset = place - this.#count;
    return this.#before[place];
  }
}

/** Whether all is known: its row had its columns, or the version that it had when they were asked for. */
function isComplete({ relation, reading, version }: KnownRelation): boolean {
  return relation !== undefined && (version !== undefined || relation === reading);
}

function hasColumns(relation: RelationReading): relation is RelationDescription {
  return relation.columns !== undefined;
}

/** A relation when all of it is known. */
function columnsKnown({ relation, name }: KnownRelation): RelationDescription {
  if (relation === undefined) throw new TypeError(`the columns of ${String(name)} were not asked for`);
  return relation;
}
