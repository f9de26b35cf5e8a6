import type { Duplex } from 'node:stream';
import type { PgError } from '@riffq/wire';
import { acceptsEncryptedOnly } from '../authentication/refusals.js';
import type { Awaitable } from '../awaitable.js';
import { authenticationChannel, type ConnectionTrace, connectionChannel, isTraced, traced } from '../diagnostics.js';
import { authenticationTimeout, clientGone } from '../errors/interruptions.js';
import { asFatal, toPgError } from '../errors/to-pg-error.js';
import { Channel } from '../io/channel.js';
import { timerDelay } from '../timer-delay.js';
import { ClientSession } from './client-session.js';
import { leave } from './leave.js';
import { serveMessages } from './message-loop.js';
import type { SessionHost } from './session-host.js';
import { admit } from './startup/admit.js';
import { greet } from './startup/greeting.js';
import type { Peer } from './startup/peer.js';
import { readStartup } from './startup/startup.js';
import type { StartupRequest } from './startup/startup-request.js';

/** A client of the server: its stream, and its session once it has come that far. */
export interface Client {
  readonly stream: Duplex;
  /** Empty for a Unix socket. */
  readonly address: string;
  session: ClientSession | undefined;
  /** Why it was refused before it had a session. */
  refusal: PgError | undefined;
}

/** Serves one client from its first byte to its last; settles when its stream is closed. Never rejects. */
export function serveClient(host: SessionHost, client: Client, peer: Peer): Promise<void> {
  if (!isTraced(connectionChannel)) return serve(host, client, peer);
  const event: ConnectionTrace = {
    remoteAddress: peer.ip,
    remotePort: peer.port,
    get session() {
      return client.session;
    },
  };
  return traced(connectionChannel, event, async () => {
    await serve(host, client, peer);
    const why = client.refusal ?? client.session?.ending;
    if (why !== undefined && why !== clientGone) event.sqlstate = why.sqlstate;
  });
}

async function serve(host: SessionHost, client: Client, peer: Peer): Promise<void> {
  const { stream } = client;
  // Without a listener a client's reset would end the process; 'close' follows and is what counts.
  stream.on('error', () => stream.destroy());
  let startupTimer: NodeJS.Timeout | undefined = setTimeout(() => {
    // Before its start-up packet a client gets no word, as with PostgreSQL.
    if (client.session === undefined) stream.destroy();
    else client.session.close(authenticationTimeout());
  }, timerDelay(host.limits.startupTimeout));
  const channel = new Channel(stream, host.limits, peer.encrypted ?? false, (error) => {
    host.logger.error({ err: error }, 'selectCertificate failed');
  });
  try {
    const startup = await readStartup(host, channel);
    if (startup !== null) {
      host.entrance.requirePlace(client);
      const session = openSession(host, channel, startup, peer);
      client.session = session;
      await runSession(session, () => {
        clearTimeout(startupTimer);
        // It would be kept for as long as the client stays.
        startupTimer = undefined;
        host.entrance.enter(client, session);
      });
    }
  } catch (error) {
    const fatal = asFatal(toPgError(error));
    client.refusal = fatal;
    if (fatal.cause !== undefined) host.logger.error({ err: fatal.cause }, 'a client could not be let in');
    channel.outbound.send({ type: 'ErrorResponse', fields: fatal.fields });
  }
  clearTimeout(startupTimer);
  const saidGoodbye = client.session !== undefined && client.session.ending === undefined;
  // Neither a client nor who wants its place need wait for what the host does about its leaving.
  const leaving = client.session && leave(client.session);
  await channel.end(saidGoodbye);
  host.entrance.leave(client);
  await leaving;
}

function openSession(host: SessionHost, channel: Channel, startup: StartupRequest, peer: Peer): ClientSession {
  if (host.requiresTls && !channel.encrypted) {
    const { user, database } = startup;
    throw acceptsEncryptedOnly({ user, database, remoteAddress: peer.ip, encrypted: false });
  }
  return new ClientSession(host, channel.inbound, channel.outbound, {
    startup,
    peer,
    serverName: channel.serverName ?? peer.serverName ?? null,
    encrypted: channel.encrypted,
    tls: channel.tls,
    peerCertificate: channel.peerCertificate,
    certificateHash: channel.certificateHash,
  });
}

function admitted(session: ClientSession): Awaitable<boolean> {
  return isTraced(authenticationChannel)
    ? traced(authenticationChannel, { session }, () => admit(session))
    : admit(session);
}

async function runSession(session: ClientSession, onAdmitted: () => void): Promise<void> {
  try {
    const admission = admitted(session);
    if (admission instanceof Promise ? await admission : admission) {
      onAdmitted();
      session.inbound.reader.mode = 'regular';
      greet(session);
      await serveMessages(session);
    }
  } catch (error) {
    session.fail(error);
  }
  session.sayGoodbye();
}
