export type { ServerProcess } from './server-process.js';
export { type StartServerOptions, startServer } from './start-server.js';
export { stopServer } from './stop-server.js';
