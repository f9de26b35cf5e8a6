import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Client, ClientAbsentError } from '../client.js';
import { type AgentDescription, startAgent } from './agent.js';

/** Starts a client that is written in Python: a program in `python/`, in the virtual environment that `.ci/run` makes. */
export async function startPythonClient(
  program: string,
  abilities: Omit<AgentDescription, 'command' | 'parameters'>,
): Promise<Client> {
  const python = fileURLToPath(new URL('../../../../.clients/python/bin/python', import.meta.url));
  if (!existsSync(python)) {
    throw new ClientAbsentError('there is no Python environment in .clients/python: `.ci/run` makes it');
  }
  const path = fileURLToPath(new URL(`python/${program}`, import.meta.url));
  return startAgent({ command: python, parameters: [path], ...abilities });
}
