import { CatalogRegistry } from '../src/index.js';

const registry = new CatalogRegistry();
registry.registerDatabase('shop');
registry.registerSchema('shop', 'public', { enums: [{ name: 'state', labels: ['open', 'paid'] }] });
registry.registerTable(
  'shop',
  'public',
  'orders',
  [
    { name: 'id', type: 'int', nullable: false },
    { name: 'price', type: 'numeric(10,2)', nullable: true, default: '0' },
    { name: 'state', type: 'state', nullable: false },
  ],
  { primaryKey: ['id'], checks: ['price >= 0'], comment: 'what was ordered' },
);

const { schemas } = await registry.content('shop');
console.log(schemas[0]?.relations[0]?.columns);
