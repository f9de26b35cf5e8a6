import type { NoticeFields, PgError, StartupPacket } from '@riffq/wire';
import { initialSettings, type StartupHost } from './initial-settings.js';
import { readStartupParameters, type StartupSettings } from './startup-parameters.js';

/** What a client asks for in its StartupMessage. Nothing in it changes: clients that ask for the same share it. */
export interface StartupRequest {
  readonly user: string;
  readonly database: string;
  /** The protocol that is spoken with the client is 3 and this. */
  readonly minor: number;
  readonly parameters: ReadonlyMap<string, string>;
  /** Settings that the client starts with, by lower-case name. */
  readonly initialSettings: ReadonlyMap<string, string>;
  /** Those of them that the client asked for. */
  readonly askedSettings: ReadonlyMap<string, string>;
  /** What was wrong with the settings that it asked for; it is told once it is let in. */
  readonly refusal: PgError | undefined;
  /** What it is told then of those that were taken otherwise than it gave them. */
  readonly notices: readonly NoticeFields[];
  readonly roles: StartupSettings['roles'];
}

/** The newest 3.x that is spoken. */
export const supportedMinor = 2;

export function readStartupRequest(
  { minor, parameters }: Extract<StartupPacket, { type: 'StartupMessage' }>,
  host: StartupHost,
): StartupRequest {
  const user = parameters.get('user') ?? '';
  const { settings, refusal, notices, roles } = readStartupParameters(parameters, host.limits);
  return {
    user,
    database: parameters.get('database') || user,
    minor: Math.min(minor, supportedMinor),
    parameters,
    initialSettings: initialSettings(host, user, settings),
    askedSettings: settings,
    refusal,
    notices,
    roles,
  };
}
