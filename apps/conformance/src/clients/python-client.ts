import { fileURLToPath } from 'node:url';
import type { Client } from '../client.js';
import { type AgentDescription, startAgent } from './agent.js';
import { builtPath } from './built-path.js';

/** Starts a client that is written in Python: a program in `python/`, in the virtual environment that `.ci/run` makes. */
export async function startPythonClient(
  program: string,
  abilities: Omit<AgentDescription, 'command' | 'parameters'>,
): Promise<Client> {
  const command = builtPath('python/bin/python');
  const path = fileURLToPath(new URL(`python/${program}`, import.meta.url));
  return startAgent({ command, parameters: [path], ...abilities });
}
