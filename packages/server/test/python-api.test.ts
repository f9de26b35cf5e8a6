import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as server from '../src/index.js';

/** Every public name of the Python original with its signature, and what it is called here. */
const renames: Readonly<Record<string, readonly [owner: 'BaseConnection' | 'RiffqServer' | 'module', name: string]>> = {
  'BaseConnection.arrow_batch(values, names)': ['BaseConnection', 'arrowBatch'],
  'BaseConnection.handle_auth(user, password, host, database=None, callback)': ['BaseConnection', 'handleAuth'],
  'BaseConnection.handle_connect(ip, port, server_name=None, callback)': ['BaseConnection', 'handleConnect'],
  'BaseConnection.handle_disconnect(ip, port, callback)': ['BaseConnection', 'handleDisconnect'],
  'BaseConnection.handle_query(sql, callback, **kwargs)': ['BaseConnection', 'handleQuery'],
  'BaseConnection.send_reader(reader, callback)': ['BaseConnection', 'sendReader'],
  'RiffqServer.get_connection(connection_id)': ['RiffqServer', 'getConnection'],
  'RiffqServer.handle_auth(connection_id, user, password, host, database=None, callback)': [
    'RiffqServer',
    'handleAuth',
  ],
  'RiffqServer.handle_connect(connection_id, ip, port, server_name=None, callback)': ['RiffqServer', 'handleConnect'],
  'RiffqServer.handle_disconnect(connection_id, ip, port, callback)': ['RiffqServer', 'handleDisconnect'],
  'RiffqServer.handle_query(sql, callback, connection_id=None, **kwargs)': ['RiffqServer', 'handleQuery'],
  'RiffqServer.handle_shutdown(callback)': ['RiffqServer', 'handleShutdown'],
  'RiffqServer.register_database(database_name)': ['RiffqServer', 'registerDatabase'],
  'RiffqServer.register_schema(database_name, schema_name)': ['RiffqServer', 'registerSchema'],
  'RiffqServer.register_table(database_name, schema_name, table_name, columns)': ['RiffqServer', 'registerTable'],
  'RiffqServer.set_lazy_catalog(source)': ['RiffqServer', 'setLazyCatalog'],
  'RiffqServer.set_tls(crt, key)': ['RiffqServer', 'setTls'],
  'RiffqServer.start(tls=False, catalog_emulation=False, server_version=None)': ['RiffqServer', 'start'],
  'riffq.helpers.to_arrow(schema_desc, rows)': ['module', 'toArrow'],
};

/** The reference text stands beside the checkout where the project is developed; elsewhere the table above is what there is. */
const reference = new URL('../../../../shared/reference/riffq-python-api.txt', import.meta.url);

class Connection extends server.BaseConnection {
  override handleQuery(): server.QueryResult {
    return server.tag('OK');
  }
}

describe('the Python original', () => {
  test('has no name that the table of renames does not know', (context) => {
    if (!existsSync(reference)) context.skip('the reference text is not beside this checkout: the table stands for it');
    expect(Object.keys(renames).sort()).toEqual(signatures(readFileSync(reference, 'utf8')).sort());
  });

  test.each(Object.entries(renames))('%s exists here', (_, [owner, name]) => {
    const holders: Record<typeof owner, object> = {
      BaseConnection: Connection.prototype,
      RiffqServer: server.RiffqServer.prototype,
      module: server,
    };
    expect(Reflect.get(holders[owner], name)).toBeTypeOf('function');
  });
});

/** Signatures of the text by owner; the callback's default is the same everywhere and left out. */
function signatures(text: string): string[] {
  const found: string[] = [];
  let owner = '';
  const lines = text.split('\n');
  for (const [at, line] of lines.entries()) {
    // In a table of parameters the same words stand before a bar.
    if (/^(BaseConnection|RiffqServer|riffq\.helpers)$/.test(line) && !lines[at + 1]?.startsWith('|')) owner = line;
    const signature = /^([a-z_]+)\((.*)\)$/.exec(line);
    if (signature?.[1] === undefined || signature[2]?.includes('[') !== false) continue;
    found.push(`${owner}.${signature[1]}(${signature[2].replaceAll('callback=lambda *a, **k: None', 'callback')})`);
  }
  return [...new Set(found)];
}
