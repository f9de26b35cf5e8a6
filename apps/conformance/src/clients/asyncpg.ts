import type { Client } from '../client.js';
import { startPythonClient } from './agent.js';

/** asyncpg, which speaks the protocol itself. */
export function startAsyncpg(): Promise<Client> {
  return startPythonClient('asyncpg_agent.py', {
    simple: 'it drops the rows of a simple query',
    text: 'it asks for binary, but for types that its user sets a text codec for',
  });
}
