import type { PgError } from '@riffq/wire';

/** What start-up has found out about a client. */
export interface ClientIdentity {
  readonly user: string;
  readonly database: string;
  readonly startupParameters: ReadonlyMap<string, string>;
  /** Settings that the client starts with, by lower-case name. */
  readonly initialSettings: ReadonlyMap<string, string>;
  /** What was wrong with the settings that it asked for; it is told once it is let in. */
  readonly settingsRefusal: PgError | undefined;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly serverName: string | null;
  readonly encrypted: boolean;
  readonly protocolMinor: number;
}
