import { serialize } from 'pg-protocol';
import { bars } from './bars.js';
import { type Benchmark, bytesMeasure, holds } from './benchmark.js';
import { LoadGenerator } from './load-generator.js';
import { prepared, simple, startup } from './peers.js';
import { ServerUnderTest } from './server-under-test.js';
import { WatchingClient } from './watching-client.js';

/** Other times: `SOAK_SECONDS=60 npx --yes pnpm@12 bench soak`. */
const seconds = Number(process.env['SOAK_SECONDS'] ?? 600);
const clients = 16;

const rows = serialize.query('SELECT * FROM t limit 50000');
/** What a client may have sent when it is killed. */
const lives: readonly Uint8Array[] = [
  Buffer.alloc(0),
  startup.subarray(0, 9),
  Buffer.from('GET / HTTP/1.1\r\n\r\n'),
  ...[
    [],
    [simple.frames],
    [rows],
    [rows, rows, rows],
    [serialize.query('COPY (SELECT * FROM t) TO STDOUT')],
    [serialize.query('COPY t (a) FROM STDIN'), serialize.copyData(Buffer.from('1\n'.repeat(10_000)))],
    [serialize.query('BEGIN'), simple.frames],
    [prepared.preparation ?? Buffer.alloc(0), prepared.frames.subarray(0, 12)],
    [Buffer.alloc(3_000_000, simple.frames)],
  ].map((frames) => Buffer.concat([startup, ...frames])),
  // In the middle of SCRAM, and with a proof of another nonce.
  ...[
    [],
    [serialize.sendSASLInitialResponseMessage('SCRAM-SHA-256', 'n,,n=,r=soaked')],
    [
      serialize.sendSASLInitialResponseMessage('SCRAM-SHA-256', 'n,,n=,r=soaked'),
      serialize.sendSCRAMClientFinalMessage('c=biws,r=other,p=none'),
    ],
  ].map((frames) => Buffer.concat([serialize.startup({ user: 'guarded' }), ...frames])),
];

/** Clients that come, ask, and are killed at any moment, for ten minutes: the server ends as it began. */
export const soak: Benchmark = {
  name: 'soak',
  title: `${seconds} seconds of clients that are killed at random`,
  async measure() {
    await using server = await ServerUnderTest.start('synthetic', 1_000_000, { guarded: true });
    await using load = new LoadGenerator();
    const { port } = server.address;
    const watching = await WatchingClient.open(port);
    const killed = { kind: 'killed', port, clients, lives, longest: 30, tls: true } as const;
    // What is made once, and what is kept for later use, is there before.
    await load.run({ ...killed, seconds: seconds / 5 });
    const before = await server.settledUsage(1);
    const { count } = await load.run({ ...killed, seconds });
    const after = await server.settledUsage(1);
    return [
      { what: 'clients', value: count.toLocaleString('en') },
      bytesMeasure('growth of memory', after.inUse - before.inUse, bars.soakGrowth, 'MB'),
      { what: 'growth of resident memory', value: `${((after.memory - before.memory) / 2 ** 20).toFixed(1)} MB` },
      holds('no socket is left', after.sockets === 1),
      holds('no handle is left', after.handles <= before.handles),
      ...(await watching.end()),
    ];
  },
};
