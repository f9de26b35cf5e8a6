import type { Client } from '../client.js';
import { startPythonClient } from './python-client.js';

const years = "Python's years are 1 to 9999, and it has no infinity of them";

/** psycopg 3, over libpq. */
export function startPsycopg(): Promise<Client> {
  return startPythonClient('psycopg_agent.py', {
    lacks: {},
    ways: ['prepare_threshold=0', 'prepare_threshold=None', 'pipeline()'],
    unreadable: [
      { type: 'date', values: ['4714-11-24 BC', '5874897-12-31', 'infinity'], reason: years },
      { type: 'time', values: ['24:00:00'], reason: "Python's day ends before 24:00" },
      { type: 'timestamp', values: ['infinity'], reason: years },
      { type: 'timestamp[]', values: ['{infinity}'], reason: years },
    ],
  });
}
