import { sqlstate } from '@riffq/wire';
import type { Data } from 'apache-arrow';
import { UnsendableValue } from '../unsendable-value.js';
import { isSet, validityOf } from './column.js';
import { type ListLayout, listLayout } from './list-layout.js';

interface Level {
  readonly layout: ListLayout;
  readonly validity: Uint8Array | null;
  readonly bitOffset: number;
}

/**
 * Lists of lists as PostgreSQL sees them: one array of several dimensions, which is a box. What is no box has no array.
 */
export class ArrayShape {
  /** The lists, from the outermost in; the first is the column itself. */
  readonly #levels: readonly Level[];
  /** The elements of the innermost lists. */
  readonly elements: Data;
  /** By dimension: how many there are, as of the last {@link ArrayShape.measure}. */
  readonly lengths: Int32Array;

  constructor(data: Data, dimensions: number) {
    const levels: Level[] = [];
    let values = data;
    for (let dimension = 0; dimension < dimensions; dimension++) {
      levels.push({ layout: listLayout(values), validity: validityOf(values), bitOffset: values.offset });
      values = values.children[0]!;
    }
    this.#levels = levels;
    this.elements = values;
    this.lengths = new Int32Array(dimensions);
  }

  get dimensions(): number {
    return this.#levels.length;
  }

  /** Of the lists from `index` on in a dimension: where their elements begin. */
  start(dimension: number, index: number): number {
    return this.#levels[dimension]!.layout.start(index);
  }

  /**
   * Sets `lengths` for the value at `index` and returns how many elements it has.
   *
   * @throws UnsendableValue 2202E for lists of different lengths beside each other
   */
  measure(index: number): number {
    this.lengths.fill(-1);
    return this.#measure(0, index);
  }

  #measure(dimension: number, index: number): number {
    const { layout } = this.#levels[dimension]!;
    const from = layout.start(index);
    const to = layout.start(index + 1);
    if (this.lengths[dimension] === -1) this.lengths[dimension] = to - from;
    else if (this.lengths[dimension] !== to - from) throw ragged();
    if (dimension === this.#levels.length - 1) return to - from;
    const inner = this.#levels[dimension + 1]!;
    let elements = 0;
    for (let list = from; list < to; list++) {
      if (inner.validity !== null && !isSet(inner.validity, list + inner.bitOffset)) throw ragged();
      elements += this.#measure(dimension + 1, list);
    }
    return elements;
  }
}

function ragged(): UnsendableValue {
  return new UnsendableValue(
    sqlstate.array_subscript_error,
    'multidimensional arrays must have array expressions with matching dimensions',
    "Lists within a list must not be NULL and must have equal lengths: send others as json (PG:type in the field's metadata).",
  );
}
