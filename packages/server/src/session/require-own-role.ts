import { PgError, sqlstate } from '@riffq/wire';
import type { ClientSession } from './client-session.js';

/**
 * Makes sure that a client stays who it is: roles are its own, those that others are connected as, and PostgreSQL's.
 * @throws PgError 22023 for a role that there is not, 42501 for another's
 */
export function requireOwnRole(session: ClientSession, role: string, action: string): void {
  if (role === session.user || (role === 'none' && action === 'set role')) return;
  const isKnown = role.startsWith('pg_') || [...session.host.sessions()].some(({ user }) => user === role);
  throw isKnown
    ? new PgError({
        sqlstate: sqlstate.insufficient_privilege,
        message: `permission denied to ${action} "${role}"`,
      })
    : new PgError({ sqlstate: sqlstate.invalid_parameter_value, message: `role "${role}" does not exist` });
}
