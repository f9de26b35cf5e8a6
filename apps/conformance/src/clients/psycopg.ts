import type { Client } from '../client.js';
import { startPythonClient } from './agent.js';

/** psycopg 3, over libpq. */
export function startPsycopg(): Promise<Client> {
  return startPythonClient('psycopg_agent.py', {});
}
