/** Limits of a server; durations are milliseconds, sizes bytes. */
export interface Limits {
  /** From accepting a client to its start-up packet and password. @defaultValue 60000 */
  readonly startupTimeout?: number;
  /** The longest message of an authenticated client, and line or binary field of its COPY data. @defaultValue 268435456 */
  readonly messageBytes?: number;
  /** The longest message before authentication. @defaultValue 65536 */
  readonly authenticationMessageBytes?: number;
}

export type ResolvedLimits = Required<Limits>;

export const defaultLimits: ResolvedLimits = {
  startupTimeout: 60_000,
  messageBytes: 256 * 1024 * 1024,
  authenticationMessageBytes: 64 * 1024,
};
