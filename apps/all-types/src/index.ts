export { allTypes } from './all-types.js';
export { buildData, buildDictionary } from './build-data.js';
export { castOf } from './cast-of.js';
export { fieldOf } from './field-of.js';
export { arrayOf, type PostgresType, postgresTypes } from './postgres-type.js';
export type { Raw } from './raw-value.js';
export type { ExpectedValue, TypeCase } from './type-case.js';
export { type TypeTexts, typeTexts } from './type-texts.js';
