import { type RiffqServer, serve, tag } from '@riffq/server';
import { tableFromArrays } from 'apache-arrow';

/**
 * Starts a server whose handler counts its calls with an INSERT, and never looks whether it is asked to describe or to
 * run. `CREATE` sets the count to nothing; any other statement gives it, as int4.
 */
export function startCountingServer(): Promise<RiffqServer> {
  let inserts = 0;
  return serve({
    address: { host: '127.0.0.1', port: 0 },
    query(sql) {
      if (sql.startsWith('INSERT')) {
        inserts += 1;
        return tag('INSERT 0 1');
      }
      if (sql.startsWith('CREATE')) {
        inserts = 0;
        return tag('CREATE TABLE');
      }
      return tableFromArrays({ calls: Int32Array.of(inserts) });
    },
  });
}
