import { type Awaitable, andThen } from '../awaitable.js';
import type { Interrupt } from '../interrupt.js';
import { settingDefinition } from '../settings/setting-definition.js';
import type { ClientSession } from './client-session.js';

/** Who has a setting: the catalog's source, which goes first, the session, the user's handler, or nobody. */
export type SettingOwner =
  | { readonly kind: 'source'; readonly name: string; readonly setting: string }
  | { readonly kind: 'session' | 'handler' | 'nobody' };

/** Finds out who has a setting. The handler is asked only for what the session does not know itself. */
export function ownerOfSetting(session: ClientSession, name: string, interrupt: Interrupt): Awaitable<SettingOwner> {
  const isKnown = settingDefinition(name) !== undefined || session.settingValues.get(name) !== undefined;
  const asked = isKnown ? unlessFailing(session, interrupt) : settingsOfSource(session, interrupt);
  return andThen(asked, (rows): Awaitable<SettingOwner> => {
    const key = name.toLowerCase();
    const row = rows.find((candidate) => candidate.name.toLowerCase() === key);
    if (row !== undefined) return { kind: 'source', ...row };
    return isKnown ? { kind: 'session' } : askHandler(session, name, interrupt);
  });
}

/** What the session knows is its own while the source cannot say whether it has it, too. */
function unlessFailing(session: ClientSession, interrupt: Interrupt): ReturnType<typeof settingsOfSource> {
  const asked = settingsOfSource(session, interrupt);
  if (!(asked instanceof Promise)) return asked;
  return asked.catch((error: unknown) => {
    interrupt.throwIfAborted();
    session.host.logger.warn({ err: error, connectionId: session.connectionId }, 'the catalog source told no settings');
    return [];
  });
}

/** The settings that the catalog's source reports; it is asked only if it has any. */
export function settingsOfSource(
  { host, database }: ClientSession,
  interrupt: Interrupt,
): Awaitable<readonly { readonly name: string; readonly setting: string }[]> {
  return host.catalog?.settings?.(database, interrupt.signal) ?? [];
}

function askHandler(session: ClientSession, name: string, interrupt: Interrupt): Awaitable<SettingOwner> {
  const { connection } = session;
  if (connection.hasSetting === undefined) return { kind: 'nobody' };
  const signal = interrupt.signalFor(session.host.logger);
  return interrupt
    .race(Promise.resolve(connection.hasSetting(name, { signal })))
    .then((has): SettingOwner => ({ kind: has === true ? 'handler' : 'nobody' }));
}
