import type { Awaitable } from '../awaitable.js';
import type { BaseConnection } from '../base-connection.js';
import { RiffqError } from '../errors/riffq-error.js';
import type { ClientSession } from '../session/client-session.js';
import { consult } from '../session/handler/decide.js';
import type { Authentication, AuthenticationMethod, AuthenticationSettings } from './authentication.js';
import { unencryptedPasswords } from './password.js';
import { authenticationFailed } from './refusals.js';

const methods: readonly AuthenticationMethod[] = ['trust', 'reject', 'password', 'md5', 'scram-sha-256', 'cert'];

/** What holds for this client. A choice that fails, or is none, refuses it. @throws PgError FATAL */
export function chooseMethod(session: ClientSession): Awaitable<AuthenticationSettings> {
  const { host, connection } = session;
  const { authentication } = host;
  if (typeof authentication !== 'function') {
    return settingsOf(authentication ?? defaultMethod(host.handlers.asksForPassword(connection), connection));
  }
  return consult(
    session,
    () => authenticationFailed(session.user),
    async () => settingsOf(await authentication(session)),
  );
}

/** What is right for a class, when nobody says: it is asked what it has. */
export function defaultMethod(
  decidesOnPasswords: boolean,
  { lookupPassword }: Pick<BaseConnection, 'lookupPassword'>,
): AuthenticationMethod {
  if (decidesOnPasswords) return 'password';
  return lookupPassword === undefined ? 'trust' : 'scram-sha-256';
}

/** What a program should know that listens for other machines: it may not mean to let in everybody, or nobody. */
export function warningBeyondLoopback(
  authentication: Authentication | undefined,
  usual: AuthenticationMethod,
  offersTls: boolean,
): string | undefined {
  if (authentication === undefined && usual === 'trust') {
    // Fields are not seen before there is an object.
    return 'listening beyond this machine without asking for a password, unless the connections have handleAuth or lookupPassword as a field: then set `authentication`';
  }
  if (typeof authentication === 'function' || offersTls) return undefined;
  const settings = settingsOf(authentication ?? usual);
  const isRefusing = settings.method === 'password' && settings.allowUnencrypted !== true;
  return isRefusing ? unencryptedPasswords : undefined;
}

/** The same. @throws RiffqError RIFFQ_ERR_AUTHENTICATION when there is no such method */
export function checkedAuthentication(authentication: Authentication | undefined): Authentication | undefined {
  if (authentication === undefined || typeof authentication === 'function') return authentication;
  return settingsOf(authentication);
}

function settingsOf(chosen: AuthenticationMethod | AuthenticationSettings): AuthenticationSettings {
  const settings: AuthenticationSettings = typeof chosen === 'string' ? { method: chosen } : chosen;
  // A host without types must not let in whom it meant to keep out.
  if (methods.includes(settings?.method)) return settings;
  throw new RiffqError(
    'RIFFQ_ERR_AUTHENTICATION',
    `there is no authentication method ${JSON.stringify(settings?.method ?? settings)}: use one of ${methods.join(', ')}`,
  );
}
