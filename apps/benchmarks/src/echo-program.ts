import { createServer } from 'node:net';
import { reportUsage } from './report-usage.js';

// What Node itself can do: no protocol, no session, one prebuilt answer to each chunk by the chunk's first byte.
const replies = new Map(
  process.argv.slice(2).map((given) => [given.charCodeAt(0), Buffer.from(given.slice(1), 'hex')] as const),
);
// A start-up packet begins with the 0 of its length.
const welcome = Buffer.from('5200000008000000005a0000000549', 'hex');

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => socket.write(replies.get(chunk[0] ?? 0) ?? welcome));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a TCP address');
  reportUsage(address.port);
});
