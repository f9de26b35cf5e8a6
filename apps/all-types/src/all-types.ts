import { dictionaryCases } from './dictionary-cases.js';
import { listCases } from './list-cases.js';
import { momentCases } from './moment-cases.js';
import { nestedCases } from './nested-cases.js';
import { numberCases } from './number-cases.js';
import { textCases } from './text-cases.js';
import type { TypeCase } from './type-case.js';

/** Every type that Arrow has and PostgreSQL has a type for; an oracle test holds the table itself to PostgreSQL. */
export const allTypes: readonly TypeCase[] = [
  ...numberCases,
  ...textCases,
  ...momentCases,
  ...listCases,
  ...nestedCases,
  ...dictionaryCases,
];
