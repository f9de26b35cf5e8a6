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
    unreadable: [
      { type: 'date', values: ['4714-11-24 BC', '5874897-12-31'], reason: "Python's years are 1 to 9999" },
      { type: 'timestamptz', values: ['0002-12-18 14:13:20+00 BC'], reason: "Python's years are 1 to 9999" },
      { type: 'time', values: ['24:00:00'], reason: "Python's day ends before 24:00" },
      {
        type: 'tsvector[]',
        values: [String.raw`{"","'a':1A,2B,3C,4 'zz':16383 'é\\\\ '''",NULL}`],
        reason: 'an empty string in an array that it reads as text ends its process',
      },
    ],
  });
}
