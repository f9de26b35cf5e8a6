import { query } from '../frames.js';

/** Frames sent at once, and the message whose arrival ends the turn. */
export interface Turn {
  readonly frames: readonly Uint8Array[];
  readonly until: string;
}

/** A conversation with any PostgreSQL, by what it shows. */
export type Scripts = Readonly<Record<string, readonly Turn[]>>;

/** Sends frames and reads up to ReadyForQuery. */
export const turn = (...frames: readonly Uint8Array[]): Turn => ({ frames, until: 'ReadyForQuery' });

/** Sends frames and reads up to another message. */
export const turnUntil = (until: string, ...frames: readonly Uint8Array[]): Turn => ({ frames, until });

/** Queries, one after another. */
export const each = (...statements: readonly string[]): readonly Turn[] => statements.map((sql) => turn(query(sql)));

/** Sends two rows and fails at the third. */
export const failure = 'select 6 / (n - 3) as quotient from generate_series(1, 5) as n';
