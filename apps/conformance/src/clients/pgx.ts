import type { Client } from '../client.js';
import { startAgent } from './agent.js';
import { builtPath } from './built-path.js';

/** pgx, Go's. */
export function startPgx(): Promise<Client> {
  return startAgent({
    command: builtPath('pgx'),
    parameters: [],
    lacks: { portions: 'it reads rows as they come, and never asks for a portion' },
    ways: ['cache_describe', 'describe_exec', 'exec', 'simple_protocol'].map(
      (mode) => `default_query_exec_mode=${mode}`,
    ),
    unreadable: [],
  });
}
