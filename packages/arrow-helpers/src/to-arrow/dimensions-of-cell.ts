import { maximumDimensions } from '../array-input/array-error.js';
import { isNull } from './cells.js';

/** The dimensions of an array, by its first elements; 0 for what does not tell. */
export function dimensionsOfCell(cell: unknown): number {
  let dimensions = 0;
  for (let inner = cell; Array.isArray(inner) && inner.length > 0 && dimensions < maximumDimensions; inner = inner[0]) {
    dimensions += 1;
  }
  return dimensions;
}

/** The same of an array of int2vector or oidvector, which are arrays themselves, and may be empty. */
export function dimensionsOfVectors(cell: unknown): number {
  let dimensions = 0;
  let inner = cell;
  while (Array.isArray(inner) && inner.length > 0 && dimensions < maximumDimensions) {
    dimensions += 1;
    // What is nothing but null is so in place of vectors.
    inner = inner.find((element) => !isNull(element)) ?? '';
  }
  // Vectors are given as text, or as the array whose first number, or whose end, is reached here.
  const isWithinVector = typeof inner === 'number';
  return isWithinVector ? dimensions - 1 : dimensions;
}
