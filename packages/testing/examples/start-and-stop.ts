import { startServer, stopServer } from '@riffq/testing';

const server = await startServer('node', ['my-server.js', '--port', '{port}'], { timeout: 5000 });
console.log(`psql -h ${server.host} -p ${server.port}`);
await stopServer(server, { grace: 1000 });
