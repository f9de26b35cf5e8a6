import { setTimeout } from 'node:timers/promises';
import { type Awaitable, andThen } from '../awaitable.js';
import type { ClientSession } from '../session/client-session.js';
import { timerDelay } from '../timer-delay.js';
import type { AuthenticationSettings } from './authentication.js';
import { checkCertificate } from './certificate.js';
import { chooseMethod } from './choose-method.js';
import { lookUpSecret } from './look-up-secret.js';
import { checkByMd5 } from './md5.js';
import { checkPassword } from './password.js';
import { rejected } from './refusals.js';
import { checkByScram } from './scram.js';

/**
 * Has the client show who it is, by the method that the host wants.
 * https://www.postgresql.org/docs/18/auth-methods.html
 *
 * @throws PgError the FATAL error that the client gets, or why its session ends meanwhile.
 */
export function authenticate(session: ClientSession): Awaitable<void> {
  return andThen(chooseMethod(session), (settings) => {
    if (settings.method !== 'trust') return authenticateBy(session, settings);
  });
}

type CheckedSettings = Exclude<AuthenticationSettings, { method: 'trust' }>;

async function authenticateBy(session: ClientSession, settings: CheckedSettings): Promise<void> {
  try {
    session.isAuthenticated = await check(session, settings);
  } catch (error) {
    // A client that leaves is not waited for.
    const { failureDelay } = settings;
    const { signal } = session;
    if (failureDelay !== undefined) await setTimeout(timerDelay(failureDelay), undefined, { signal }).catch(() => {});
    throw error;
  }
}

/** Whether the client has shown who it is: false when the host has let it go unasked. */
async function check(session: ClientSession, settings: CheckedSettings): Promise<boolean> {
  switch (settings.method) {
    case 'reject':
      throw rejected(session);
    case 'password':
      return checkPassword(session, settings);
    case 'md5':
      await checkByMd5(session, settings);
      return true;
    case 'scram-sha-256':
      await checkByScram(session, settings, await lookUpSecret(session));
      return true;
    case 'cert':
      await checkCertificate(session, settings);
      return true;
  }
}
