import { BaseConnection, tag } from '../../src/index.js';

/** What `lookupPassword` is told beside the user. */
type LookupContext = Parameters<NonNullable<BaseConnection['lookupPassword']>>[1];

/** Connections that know what is in `secrets`, and note in `events` what happens to them. */
export function lookingUp(
  secrets: Readonly<Record<string, string>> | ((user: string, context: LookupContext) => string | null),
  events: string[] = [],
) {
  return class extends BaseConnection {
    override async lookupPassword(user: string, context: LookupContext): Promise<string | null> {
      events.push(`lookup ${user} ${context.database}`);
      return typeof secrets === 'function' ? secrets(user, context) : (secrets[user] ?? null);
    }
    override handleConnect() {
      events.push('connect');
      return true;
    }
    override handleQuery(sql: string) {
      events.push(`query ${sql}`);
      return tag('OK');
    }
  };
}
