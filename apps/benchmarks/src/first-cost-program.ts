import { createCatalog, LazySource } from '@riffq/catalog';
import { firstCost } from './first-cost.js';
import { ManyTables } from './many-tables.js';

// Tells what the first tables of a process cost, as many as its parameter says; ends with the parent.
const source = new ManyTables(Number(process.argv[2]), true);
await using catalog = createCatalog(new LazySource(source));
process.send?.({ cpu: await firstCost(source, catalog) });
process.on('disconnect', () => process.exit());
