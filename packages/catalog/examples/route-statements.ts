import { routeStatement } from '../src/index.js';

const session = { searchPath: ['public'], relationExists: (_schema: string, name: string) => name === 'orders' };

for (const sql of ['select * from orders', 'select relname from pg_class', 'select version()']) {
  const route = await routeStatement(sql, session);
  console.log(sql, '->', route.kind); // handler, catalog, catalog
}
