/** Where a portal stands: behind so many rows, and whether somebody has looked for one behind the last. */
export interface Position {
  readonly rows: number;
  readonly ended: boolean;
}

/** Before the first row. */
export const beginning: Position = { rows: 0, ended: false };

/** The position after so many rows more. */
export function advance(position: Position, count: number, ended: boolean): Position {
  return { rows: position.rows + count, ended: position.ended || ended };
}
