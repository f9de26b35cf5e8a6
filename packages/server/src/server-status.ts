/** What a server is about. */
export interface ServerStatus {
  /** Draining: `close` was called, and clients are still here. */
  readonly state: 'accepting' | 'draining' | 'closed';
  /** Clients that have been let in. */
  readonly sessions: number;
  /** How many of them have a statement under way. */
  readonly statementsRunning: number;
}
