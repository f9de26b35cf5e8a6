import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import type { KilledLoad, LoadReport } from './load-request.js';

const sslRequest = Buffer.from('0000000804d2162f', 'hex');

/** Clients that are killed at any moment, each followed by another. */
export async function killed(load: KilledLoad): Promise<LoadReport> {
  const { port, clients, lives, longest, returning = false, tls = false, seconds } = load;
  const end = performance.now() + seconds * 1000;
  let count = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < end) {
      count += 1;
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      const life = lives[Math.floor(Math.random() * lives.length)] ?? Buffer.alloc(0);
      // It is killed whatever it is about.
      const reads = returning || Math.random() < 0.5;
      live(socket, life, { reads, encrypted: tls && Math.random() < 0.5 }).catch(() => {});
      await kill(socket, Math.random() * longest, returning);
    }
  };
  await Promise.all(Array.from({ length: clients }, lane));
  return { count, seconds, countOfAll: count };
}

async function live(
  socket: Socket,
  life: Uint8Array,
  { reads, encrypted }: { readonly reads: boolean; readonly encrypted: boolean },
): Promise<void> {
  await once(socket, 'connect');
  if (!encrypted) {
    if (life.length > 0) socket.write(life);
    if (reads) socket.resume();
    return;
  }
  socket.write(sslRequest);
  await once(socket, 'data');
  const secure = connectTls({ socket, rejectUnauthorized: false });
  secure.on('error', () => {});
  if (life.length > 0) secure.write(life);
  if (reads) secure.resume();
}

/** Half of them go without a FIN; those that come again look whether they were cut off. */
async function kill(socket: Socket, milliseconds: number, returning: boolean): Promise<void> {
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const early = new AbortController();
  const over = setTimeout(milliseconds, undefined, { signal: early.signal }).catch(() => {});
  await (returning ? Promise.race([over, closed]) : over);
  early.abort();
  if (Math.random() < 0.5) socket.resetAndDestroy();
  else socket.destroy();
  await closed;
}
