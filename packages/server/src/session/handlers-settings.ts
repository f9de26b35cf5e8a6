import type { StatementEffect } from '@riffq/catalog';
import { isPgError } from '@riffq/wire';
import type { Interrupt } from '../interrupt.js';
import type { ClientSession } from './client-session.js';
import type { StatementRequest } from './handler/statement-request.js';
import { ownerOfSetting } from './setting-owner.js';

/** Whether one of the settings, which a statement names, or the parameters of which these are the numbers, is the handler's. */
export function asksForHandlers(
  session: ClientSession,
  settings: readonly (string | number)[],
  encodedArgs: StatementRequest['encodedArgs'],
  interrupt: Interrupt,
): Promise<boolean> {
  const named = (parameter: number): string | undefined => {
    const bytes = encodedArgs?.values[parameter - 1];
    return bytes ? Buffer.from(bytes).toString() : undefined;
  };
  const names = settings.map((setting) => (typeof setting === 'string' ? setting : named(setting)));
  return areHandlers(session, names, interrupt);
}

/** Whether a statement wants a setting of the handler's changed. */
export function changesHandlers(
  session: ClientSession,
  effects: readonly StatementEffect[],
  interrupt: Interrupt,
): Promise<boolean> {
  const names = effects.map((effect) => (effect.kind === 'setting' ? effect.name : undefined));
  return areHandlers(session, names, interrupt);
}

/** Whether a statement failed because PostgreSQL does not have a setting, and the handler does. */
export function missesHandlers(session: ClientSession, error: unknown, interrupt: Interrupt): Promise<boolean> {
  return areHandlers(session, [unrecognizedName(error)], interrupt);
}

/** The setting that an error says there is not. */
export function unrecognizedName(error: unknown): string | undefined {
  return isPgError(error) ? /^unrecognized configuration parameter "(.*)"$/.exec(error.message)?.[1] : undefined;
}

async function areHandlers(
  session: ClientSession,
  names: readonly (string | undefined)[],
  interrupt: Interrupt,
): Promise<boolean> {
  if (session.connection.hasSetting === undefined) return false;
  for (const name of names) {
    if (name !== undefined && (await ownerOfSetting(session, name, interrupt)).kind === 'handler') return true;
  }
  return false;
}
