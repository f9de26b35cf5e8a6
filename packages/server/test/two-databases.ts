import { FIRST_USER_OID, type LazyCatalogSource, type RelationRow, type SchemaRow } from '@riffq/catalog';
import pg from 'pg';
import { type RiffqServer, serve } from '../src/index.js';
import { portOf } from './listening.js';

/** What the database `shop` has. */
export interface Shop {
  schemas(): readonly SchemaRow[];
  relations(schema: string): readonly RelationRow[];
}

/** A live source of two databases, of which `other` is empty. */
export function twoDatabases({ schemas, relations }: Shop): LazyCatalogSource {
  return {
    databases: () => ['shop', 'other'].map((name, at) => ({ oid: FIRST_USER_OID + at, name })),
    schemas: (database) => (database === 'shop' ? schemas() : []),
    relations: (_database, schema) => relations(schema),
    columns: () => [],
  };
}

/** A server over such a source, with a client in each database. Its handler answers with the statement. */
export class ServedDatabases implements AsyncDisposable {
  private constructor(
    readonly server: RiffqServer,
    readonly client: pg.Client,
    readonly bystander: pg.Client,
  ) {}

  static async open(catalog: LazyCatalogSource): Promise<ServedDatabases> {
    const server = await serve({ address: '127.0.0.1:0', query: (sql) => [{ asked: sql }], catalog });
    return new ServedDatabases(server, await connectTo(server, 'shop'), await connectTo(server, 'other'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.client.end(), this.bystander.end()]);
    await this.server.close();
  }
}

export async function connectTo(server: RiffqServer, database: string): Promise<pg.Client> {
  const client = new pg.Client({ host: '127.0.0.1', port: portOf(server), user: 'alice', database });
  await client.connect();
  return client;
}
