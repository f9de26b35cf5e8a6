import { type Client, ClientAbsentError } from '../../src/client.js';

/** A client's name, and the client, or why it is not on this machine. */
export interface StartedClient {
  readonly name: string;
  readonly client: Client | ClientAbsentError;
}

/** Starts clients; only in CI all of them have to be there. */
export function startClients(
  clients: Readonly<Record<string, () => Promise<Client>>>,
): Promise<readonly StartedClient[]> {
  return Promise.all(
    Object.entries(clients).map(async ([name, start]) => ({ name, client: await start().catch(absence) })),
  );
}

/** Ends those that are here. */
export async function closeClients(started: readonly StartedClient[]): Promise<void> {
  await Promise.all(started.map(({ client }) => 'connect' in client && client.close()));
}

function absence(error: unknown): ClientAbsentError {
  if (error instanceof ClientAbsentError && !process.env['CI']) return error;
  throw error;
}
