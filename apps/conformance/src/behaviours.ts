import type { Behaviour } from './behaviour.js';
import { arrowTypes } from './behaviours/arrow-types.js';
import { batches } from './behaviours/batches.js';
import { cancels } from './behaviours/cancels.js';
import { changedTables } from './behaviours/changed-tables.js';
import { copies } from './behaviours/copies.js';
import { parameters } from './behaviours/parameters.js';
import { portions } from './behaviours/portions.js';
import { postgresTypes } from './behaviours/postgres-types.js';
import { scripts } from './behaviours/scripts.js';
import { sessionStatements } from './behaviours/session-statements.js';
import { sessions } from './behaviours/sessions.js';
import { types } from './behaviours/types.js';
import { ways } from './behaviours/ways.js';
import { writes } from './behaviours/writes.js';

/** The one list that every client is tried with. */
export const behaviours: readonly Behaviour[] = [
  ...sessions,
  ...scripts,
  ...portions,
  ...batches,
  ...cancels,
  ...copies,
  ...sessionStatements,
  ...writes,
  ...changedTables,
  ...types,
  ...arrowTypes,
  ...postgresTypes,
  ...parameters,
  ...ways,
];
