import type { Client } from '../client.js';
import { startPythonClient } from './python-client.js';

/** asyncpg, which speaks the protocol itself. */
export function startAsyncpg(): Promise<Client> {
  return startPythonClient('asyncpg_agent.py', {
    lacks: {
      simple: 'it drops the rows of a simple query',
      text: 'it asks for binary, but for types that its user sets a text codec for',
      script: 'it drops the rows of a simple query',
    },
    ways: ['statement_cache_size=0'],
  });
}
