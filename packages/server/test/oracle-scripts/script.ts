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
