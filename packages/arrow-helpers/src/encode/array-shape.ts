import { sqlstate } from '@riffq/wire';
import type { Data } from 'apache-arrow';
import { UnsendableValue } from '../unsendable-value.js';
import { isSet, validityOf } from './column.js';
import { type ListLayout, listLayout } from './list-layout.js';
import type { RowSizes } from './row-sizes.js';
import { unfoldDictionary } from './unfold-dictionary.js';

interface Level {
  readonly layout: ListLayout;
  /** Of a dictionary's lists: which of them each list is, -1 for null. */
  readonly indices: Int32Array | null;
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
  /** Whether all elements of an array are beside each other, in order; if not, those of each innermost list are. */
  readonly isContiguous: boolean;
  /** By dimension: how many there are, as of the last {@link ArrayShape.measure}. */
  readonly lengths: Int32Array;

  constructor(data: Data, dimensions: number) {
    const levels: Level[] = [];
    let within = data;
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const { values, indices } = unfoldDictionary(within);
      levels.push({ layout: listLayout(values), indices, validity: validityOf(values), bitOffset: values.offset });
      within = values.children[0]!;
    }
    this.#levels = levels;
    this.isContiguous = levels.every(({ indices }) => indices === null);
    this.elements = within;
    this.lengths = new Int32Array(dimensions);
  }

  get dimensions(): number {
    return this.#levels.length;
  }

  /** Where the elements of a list begin. */
  start(dimension: number, index: number): number {
    const { layout, indices } = this.#levels[dimension]!;
    return layout.start(indices === null ? index : indices[index]!);
  }

  /** Where they end. */
  end(dimension: number, index: number): number {
    const { layout, indices } = this.#levels[dimension]!;
    return layout.start((indices === null ? index : indices[index]!) + 1);
  }

  /** At most how many bytes the lists from `first` to `end` of a dimension take, with so many for each list beside its elements. */
  bound(first: number, end: number, bytesPerList: number, elements: RowSizes, dimension = 0): number {
    let from = first;
    let to = end;
    let bytes = 0;
    for (let inner = dimension; inner < this.#levels.length; inner++) {
      const { layout, indices } = this.#levels[inner]!;
      bytes += bytesPerList * (to - from);
      if (indices !== null) {
        for (let list = from; list < to; list++) {
          const entry = indices[list]!;
          if (entry < 0) continue;
          bytes += this.bound(layout.start(entry), layout.start(entry + 1), bytesPerList, elements, inner + 1);
        }
        return bytes;
      }
      from = layout.start(from);
      to = layout.start(to);
    }
    return bytes + elements.bound(from, to);
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
    const { layout, indices } = this.#levels[dimension]!;
    const list = indices === null ? index : indices[index]!;
    const from = layout.start(list);
    const to = layout.start(list + 1);
    if (this.lengths[dimension] === -1) this.lengths[dimension] = to - from;
    else if (this.lengths[dimension] !== to - from) throw ragged();
    if (dimension === this.#levels.length - 1) return to - from;
    const inner = this.#levels[dimension + 1]!;
    let elements = 0;
    for (let at = from; at < to; at++) {
      if (isNullList(inner, at)) throw ragged();
      elements += this.#measure(dimension + 1, at);
    }
    return elements;
  }
}

function isNullList({ indices, validity, bitOffset }: Level, list: number): boolean {
  if (indices !== null) return indices[list]! < 0;
  return validity !== null && !isSet(validity, list + bitOffset);
}

function ragged(): UnsendableValue {
  return new UnsendableValue(
    sqlstate.array_subscript_error,
    'multidimensional arrays must have array expressions with matching dimensions',
    "Lists within a list must not be NULL and must have equal lengths: send others as json (PG:type in the field's metadata).",
  );
}
