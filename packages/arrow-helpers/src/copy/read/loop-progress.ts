/** How far a row loop came the last time: a function cannot return two numbers without allocating. */
export const progress = {
  /** The row after the last one that was read. */
  row: 0,
};
