import type { Client } from '../client.js';
import { startPythonClient } from './python-client.js';

const years = "Python's years are 1 to 9999, and it has no infinity of them";

/** psycopg 3, over libpq. */
export function startPsycopg(): Promise<Client> {
  return startPythonClient('psycopg_agent.py', {
    lacks: {},
    ways: ['prepare_threshold=0', 'prepare_threshold=None', 'pipeline()'],
    unreadable: [
      { type: 'date', values: ['4714-11-24 BC', '5874897-12-31', 'infinity', '-infinity'], reason: years },
      { type: 'time', values: ['24:00:00'], reason: "Python's day ends before 24:00" },
      { type: 'timestamp', values: ['infinity', '-infinity'], reason: years },
      { type: 'timestamp[]', values: ['{infinity}'], reason: years },
      { type: 'timestamptz', values: ['0002-12-18 14:13:20+00 BC', 'infinity', '-infinity'], reason: years },
      {
        type: 'timestamptz[]',
        values: ['{"2024-07-03 09:46:40.12+00",NULL,infinity,-infinity}'],
        reason: years,
      },
      { type: 'date[]', values: ['{infinity,-infinity,NULL}'], reason: years },
    ],
  });
}
