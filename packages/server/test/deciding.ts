import { BaseConnection, type BooleanCallback, tag } from '../src/index.js';

/** What `handleAuth` is told beside user, password and host. */
export type AuthContext = Parameters<BaseConnection['handleAuth']>[3];
/** What handlers may answer with when they are asked to let a client in. */
export type Decision = ReturnType<BaseConnection['handleAuth']>;

/** Connections that note what happens to them, with one function for `handleAuth` and one for `handleConnect`. */
export function deciding(
  events: string[],
  auth: (context: AuthContext, password: string) => Decision,
  connect: (callback: BooleanCallback) => Decision = () => true,
) {
  return class extends BaseConnection {
    override handleAuth(user: string, password: string, host: string, context: AuthContext) {
      events.push(`auth ${user} ${password} ${host} ${context.database}`);
      return auth(context, password);
    }
    override handleConnect(ip: string, port: number, context: { callback: BooleanCallback }) {
      events.push(`connect ${ip} ${port}`);
      return connect(context.callback);
    }
    override handleQuery(sql: string) {
      events.push(`query ${sql}`);
      return tag('OK');
    }
    override handleDisconnect(ip: string, port: number) {
      events.push(`disconnect ${ip} ${port}`);
    }
  };
}

/** What a program from JavaScript may answer with, whatever the types say. */
export function untyped(value: unknown): Decision {
  return JSON.parse(JSON.stringify({ value })).value;
}
