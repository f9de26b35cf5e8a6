import { startServer, waitForCatalog } from '@riffq/testing';

await using server = await startServer('node', ['my-server.js', '--port', '{port}']);
const probe = "select count(*) from pg_class where relname = 'orders'";
const waited = await waitForCatalog(server.port, 'shop', probe, 1, { user: 'alice', password: 'secret' });
console.log(`the catalog took ${Math.round(waited)} ms`);
