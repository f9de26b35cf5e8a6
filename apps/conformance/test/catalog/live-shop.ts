import { BaseConnection, type QueryResult, RiffqServer, tag } from '@riffq/server';
import { openShop } from '../../../../packages/catalog/test/shop.js';
import { sourceOfContent } from '../../../../packages/catalog/test/source-of-content.js';
import type { ServerAddress } from '../../src/client.js';
import type { OracleAddress } from '../../src/oracle/start-oracle.js';

/** One shop twice: in a real PostgreSQL, and in our server, which has no data, over a live source that reports the same. */
export interface LiveShop extends AsyncDisposable {
  /** Where PostgreSQL's superuser logs in. */
  readonly oracle: OracleAddress;
  readonly ours: ServerAddress;
  readonly theirs: ServerAddress;
}

class Connection extends BaseConnection {
  override handleQuery(sql: string): QueryResult {
    return /^\s*(select|with|values|table)\b/i.test(sql) ? [{ asked: sql }] : tag('OK');
  }
}

/** Opens it for clients of one version of PostgreSQL. */
export async function openLiveShop(oracle: OracleAddress, serverVersion: string): Promise<LiveShop> {
  const shop = await openShop(oracle);
  const server = new RiffqServer('127.0.0.1:0', Connection);
  server.setLazyCatalog(sourceOfContent(shop.content));
  await server.listen({ catalogEmulation: true, serverVersion });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on TCP');
  const { user, database } = shop;
  const login = { user, database, password: 'secret' };
  return {
    oracle,
    ours: { host: address.address, port: address.port, ...login },
    theirs: { host: oracle.host, port: oracle.port, ...login },
    async [Symbol.asyncDispose]() {
      await server.close();
      await shop[Symbol.asyncDispose]();
    },
  };
}
