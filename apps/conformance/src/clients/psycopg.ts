import type { Client } from '../client.js';
import { startPythonClient } from './python-client.js';

/** psycopg 3, over libpq. */
export function startPsycopg(): Promise<Client> {
  return startPythonClient('psycopg_agent.py', {
    lacks: {},
    ways: ['prepare_threshold=0', 'prepare_threshold=None', 'pipeline()'],
  });
}
