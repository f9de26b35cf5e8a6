import { serve } from '../src/index.js';

const server = await serve({
  address: '127.0.0.1:5433',
  query: (sql, { args }) => [{ you_asked: sql, with_parameters: args.length }],
});
console.log('psql -h 127.0.0.1 -p 5433', server.address());
