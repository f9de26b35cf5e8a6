/** PostgreSQL's arrays have no more dimensions; arrays of JavaScript's may hold themselves, and have no end. */
export const MAXIMUM_DIMENSIONS = 6;
