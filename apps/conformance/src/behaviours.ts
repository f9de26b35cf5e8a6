import type { Behaviour } from './behaviour.js';
import { parameters } from './behaviours/parameters.js';
import { sessions } from './behaviours/sessions.js';
import { types } from './behaviours/types.js';
import { writes } from './behaviours/writes.js';

/** The one list that every client is tried with. */
export const behaviours: readonly Behaviour[] = [...sessions, ...writes, ...types, ...parameters];
