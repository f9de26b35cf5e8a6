import { BaseConnection, PgError, type QueryContext, RiffqServer, tag, toArrow } from '../src/index.js';

const notes: string[] = [];

class Notes extends BaseConnection {
  override handleAuth(user: string, password: string) {
    return user === 'alice' && password === 'wonderland';
  }

  override handleQuery(sql: string, _callback: unknown, { args, describe }: QueryContext) {
    const columns = [
      { name: 'id', type: 'int' },
      { name: 'note', type: 'str' },
    ];
    if (/^select\b/i.test(sql)) return toArrow(columns, describe ? [] : notes.map((note, id) => [id, note]));
    if (!/^insert\b/i.test(sql)) throw new PgError({ sqlstate: '0A000', message: 'only SELECT and INSERT' });
    notes.push(String(args[0]));
    return tag('INSERT 0 1');
  }
}

const server = new RiffqServer('127.0.0.1:5433', Notes, { sessionStatements: 'server' });
server.handleShutdown(() => console.log(`${notes.length} notes are lost`));
await server.start();
