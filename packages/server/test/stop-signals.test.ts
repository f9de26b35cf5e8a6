import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serialize } from './conversation.js';
import { Program } from './started-program.js';

beforeAll(Program.build);
afterAll(Program.remove);

const stopped = 'stopped, 0 signal handlers left';

describe.skipIf(process.platform === 'win32')('a program whose server was started', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'ends by itself with 0 on %s, when every handleDisconnect and then handleShutdown has run once',
    async (signal) => {
      using program = new Program();
      const idle = await program.connect();
      const other = await program.connect();
      program.process.kill(signal);
      expect(await idle.untilEnd()).toContain('C "57P01"');
      expect(await other.untilEnd()).toContain('C "57P01"');
      expect(await program.exited).toEqual([0, null]);
      expect(program.lines.slice(1)).toEqual(['disconnect', 'disconnect', 'shutdown', stopped]);
    },
  );

  test('lets a running statement have its grace, then ends with 0 all the same', async () => {
    using program = new Program();
    const client = await program.connect();
    client.send(serialize.query('wait'));
    await program.line('waiting');
    program.process.kill('SIGTERM');
    expect(await client.untilEnd()).toContain('C "57P01"');
    expect(await program.exited).toEqual([0, null]);
    expect(program.lines.slice(1)).toEqual(['waiting', 'disconnect', 'shutdown', stopped]);
  });

  test('does not wait on a second signal, and cleans up nevertheless', async () => {
    using program = new Program();
    const idle = await program.connect();
    const client = await program.connect();
    client.send(serialize.query('wait'));
    await program.line('waiting');
    program.process.kill('SIGINT');
    await idle.untilEnd();
    const forced = performance.now();
    program.process.kill('SIGINT');
    expect(await program.exited).toEqual([0, null]);
    expect(performance.now() - forced).toBeLessThan(900);
    expect(program.lines.slice(1)).toEqual(['waiting', 'disconnect', 'disconnect', 'shutdown', stopped]);
  });

  test('does not wait long on a second signal for a handleDisconnect that never ends', async () => {
    using program = new Program({ hangs: 'disconnect' });
    const idle = await program.connect();
    program.process.kill('SIGTERM');
    await idle.untilEnd();
    await program.line('disconnect');
    const forced = performance.now();
    program.process.kill('SIGTERM');
    expect(await program.exited).toEqual([0, null]);
    expect(performance.now() - forced).toBeLessThan(5000);
    expect(program.lines.slice(1)).toEqual(['disconnect', 'shutdown', stopped]);
  });

  test('that hangs in its own handleShutdown ends on the third signal', async () => {
    using program = new Program({ hangs: 'shutdown' });
    await program.line('port ');
    program.process.kill('SIGTERM');
    await program.line('shutdown');
    program.process.kill('SIGTERM');
    await program.line('listens no more for SIGTERM');
    program.process.kill('SIGTERM');
    expect(await program.exited).toEqual([null, 'SIGTERM']);
  });
});
