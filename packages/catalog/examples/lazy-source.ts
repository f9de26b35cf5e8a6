import { type LazyCatalogSource, LazySource, stableOid } from '../src/index.js';

const tables = new Map([['orders', [{ name: 'id', typeOid: 20, nullable: false }]]]);

const source: LazyCatalogSource = {
  databases: () => [{ oid: stableOid('db', 'shop'), name: 'shop' }],
  schemas: (database) => [{ oid: stableOid('ns', database, 'public'), name: 'public' }],
  relations: (database, schema) =>
    [...tables.keys()].map((name) => ({
      oid: stableOid('rel', database, schema, name),
      reltypeOid: stableOid('type', database, schema, name),
      name,
      primaryKey: ['id'],
    })),
  columns: async (_database, _schema, relation) => tables.get(relation) ?? [],
};

const catalog = new LazySource(source);
const { schemas } = await catalog.content('shop', AbortSignal.timeout(5000));
console.log(schemas[0]?.relations);
