/** Fields of rows that hold other rows; an object anywhere else is none that we read. */
const nestedFields: ReadonlySet<string> = new Set([
  'columns',
  'primaryKey',
  'primary_key',
  'unique',
  'foreignKeys',
  'foreign_keys',
  'references',
  'indexes',
  'checks',
]);
/** A relation, its foreign keys, one of them, what it refers to, the columns of that. */
const deepest = 5;

interface KnownRow<Reading> {
  readonly copy: unknown;
  readonly reading: Reading;
}

/**
 * What was read of the rows of the last pull: a row that is the same again has the same reading, the very object. Rows are
 * compared with copies, because a source may give an object again that it has changed.
 */
export class KnownRows<Reading> {
  readonly #before: ReadonlyMap<unknown, KnownRow<Reading>>;
  readonly #rows = new Map<unknown, KnownRow<Reading>>();

  constructor(before?: KnownRows<Reading>) {
    this.#before = before === undefined ? new Map() : before.#rows;
  }

  /** The reading of a row; `key` is the same for the same object in the next pull. */
  read<Row>(key: unknown, row: Row, make: (row: Row) => Reading): Reading {
    const before = this.#before.get(key);
    if (before !== undefined && sameRow(before.copy, row)) {
      this.#rows.set(key, before);
      return before.reading;
    }
    const copy = copyOf(row, 0);
    const reading = make(row);
    if (copy !== undefined) this.#rows.set(key, { copy, reading });
    return reading;
  }
}

/** A copy of a row; undefined when something in it is not plain, so that nobody could tell whether it changes. */
function copyOf(value: unknown, depth: number): unknown {
  if (!isObject(value)) return value;
  if (depth > deepest) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => copyOf(item, depth + 1));
    return items.includes(undefined) ? undefined : items;
  }
  if (!isPlain(value)) return undefined;
  const copy: Record<string, unknown> = {};
  for (const key in value) {
    const member = value[key];
    const kept = isObject(member) && !nestedFields.has(key) ? undefined : copyOf(member, depth + 1);
    if (kept === undefined && member !== undefined) return undefined;
    copy[key] = kept;
  }
  return copy;
}

/** Called for every column of a catalog whenever it is asked for: nothing is made here. */
function sameRow(copy: unknown, row: unknown): boolean {
  if (!isObject(copy) || !isObject(row)) return copy === row;
  if (Array.isArray(copy)) {
    if (!Array.isArray(row) || copy.length !== row.length) return false;
    for (let at = 0; at < copy.length; at++) if (!sameRow(copy[at], row[at])) return false;
    return true;
  }
  if (Array.isArray(row) || !isPlain(row)) return false;
  let members = 0;
  for (const key in copy) {
    members++;
    const [a, b] = [copy[key], row[key]];
    if (a !== b && !sameRow(a, b)) return false;
  }
  for (const _ in row) members--;
  return members === 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Objects of a class may have getters, which no copy has. */
function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}
