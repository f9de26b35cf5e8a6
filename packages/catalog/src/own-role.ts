import { PgError, sqlstate } from '@riffq/wire';

/** What a client does with a setting that says who it is. */
const actions: ReadonlyMap<string, string> = new Map([
  ['role', 'set role'],
  ['session_authorization', 'set session authorization'],
]);

/** Whether a setting says who a client is. */
export function saysRole(setting: string): boolean {
  return actions.has(setting.toLowerCase());
}

/**
 * Makes sure that a client stays who it is, whichever setting it sets: roles are its own, those that others are connected
 * as, and PostgreSQL's.
 *
 * @throws PgError 22023 for a role that there is not, 42501 for another's
 */
export function requireOwnRole(
  client: { readonly user: string; readonly host: { sessions(): Iterable<{ readonly user: string }> } },
  setting: string,
  role: string,
): void {
  const action = actions.get(setting.toLowerCase());
  if (action === undefined || role === client.user || (role === 'none' && setting.toLowerCase() === 'role')) return;
  const isKnown = role.startsWith('pg_') || [...client.host.sessions()].some(({ user }) => user === role);
  throw isKnown
    ? new PgError({
        sqlstate: sqlstate.insufficient_privilege,
        message: `permission denied to ${action} "${role}"`,
      })
    : new PgError({ sqlstate: sqlstate.invalid_parameter_value, message: `role "${role}" does not exist` });
}
