import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bystander } from './bystander.js';
import { Program } from './started-program.js';

beforeAll(Program.build);
afterAll(Program.remove);

describe.skipIf(process.platform === 'win32')('a server that has no descriptors left', () => {
  test('closes clients that come, and goes on with those that are here; when some leave, others come in', async () => {
    using program = new Program({ descriptors: 80 });
    const port = await program.port();
    const bystander = await Bystander.watch(port);
    const sockets: Socket[] = [];
    let closed = 0;
    const refused = new Promise<void>((resolve) => {
      for (let at = 0; at < 200; at += 1) {
        const socket = connect(port, '127.0.0.1');
        sockets.push(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          closed += 1;
          if (closed === 100) resolve();
        });
        socket.resume();
      }
    });
    await refused;
    for (const socket of sockets.slice(0, 100)) {
      socket.destroy();
      if (!socket.closed) await once(socket, 'close');
    }
    // The server hears of each of them when its turn comes.
    let late = await program.connect().catch(() => undefined);
    while (late === undefined) late = await program.connect().catch(() => undefined);
    late.stream.destroy();
    await bystander.expectUnharmed();
    for (const socket of sockets) socket.destroy();
    program.process.kill('SIGTERM');
    expect(await program.exited).toEqual([0, null]);
  });
});
