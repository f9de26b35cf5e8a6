import { PgError, sqlstate } from '@riffq/wire';
import type { SettingDefinition } from './setting-definition.js';

/** When a setting is to change: as the connection starts, or later. */
export type SettingTime = 'start' | 'session';

/** @throws PgError 55P02 or 42501 for a setting that a client cannot change, or not now; nobody is a superuser here. */
export function requireChangeable(
  { name, context }: Pick<SettingDefinition, 'name' | 'context'>,
  time: SettingTime,
): void {
  switch (context) {
    case 'internal':
      throw cannotChange(`parameter "${name}" cannot be changed`);
    case 'postmaster':
      throw cannotChange(`parameter "${name}" cannot be changed without restarting the server`);
    case 'sighup':
      throw cannotChange(`parameter "${name}" cannot be changed now`);
    case 'backend':
    case 'superuser-backend':
      if (time === 'session') throw cannotChange(`parameter "${name}" cannot be set after connection start`);
      if (context === 'superuser-backend') throw noPrivilege(name);
      return;
    case 'superuser':
      throw noPrivilege(name);
    case 'user':
      return;
  }
}

function cannotChange(message: string): PgError {
  return new PgError({ sqlstate: sqlstate.cant_change_runtime_param, message });
}

function noPrivilege(name: string): PgError {
  return new PgError({
    sqlstate: sqlstate.insufficient_privilege,
    message: `permission denied to set parameter "${name}"`,
  });
}
