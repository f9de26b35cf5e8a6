import { setTimeout } from 'node:timers/promises';
import { killed } from './killed-clients.js';
import { LoadConnection } from './load-connection.js';
import type { ConnectionLoad, IdleLoad, LoadReport, LoadRequest, QueryLoad, WaitingLoad } from './load-request.js';
import { waitsOf } from './waits.js';

// Clients in a process of their own, so that they take no time from the server.
const warmUpSeconds = 0.3;
const openedAtOnce = 50;
const pauseBetweenAnswers = 5;
let idle: LoadConnection[] = [];

process.on('disconnect', () => process.exit());
process.on('message', (request: LoadRequest) => {
  carryOut(request).then((report) => process.send?.(report));
});

async function carryOut(request: LoadRequest): Promise<LoadReport> {
  switch (request.kind) {
    case 'queries':
      return queries(request);
    case 'waiting':
      return waiting(request);
    case 'connections':
      return connections(request);
    case 'idle':
      return stayIdle(request);
    case 'killed':
      return killed(request);
    case 'close': {
      const count = idle.length;
      for (const connection of idle) await connection.close();
      idle = [];
      return { count, seconds: 0, countOfAll: count };
    }
  }
}

async function queries({
  port,
  clients,
  startup,
  preparation,
  frames,
  replyBytes,
  seconds,
}: QueryLoad): Promise<LoadReport> {
  const all = await Promise.all(Array.from({ length: clients }, () => LoadConnection.open(port, startup)));
  if (preparation !== undefined) await Promise.all(all.map((connection) => connection.ask(preparation)));
  let count = 0;
  let countOfAll = 0;
  const begin = performance.now() + warmUpSeconds * 1000;
  const end = begin + seconds * 1000;
  const onReply = (): boolean => {
    const now = performance.now();
    countOfAll += 1;
    if (now > begin && now <= end) count += 1;
    return now <= end;
  };
  await Promise.all(all.map((connection) => connection.repeat(frames, replyBytes, onReply)));
  await Promise.all(all.map((connection) => connection.close()));
  return { count, seconds, countOfAll };
}

async function waiting({ port, startup, frames, seconds }: WaitingLoad): Promise<LoadReport> {
  const connection = await LoadConnection.open(port, startup);
  const end = performance.now() + seconds * 1000;
  const times: number[] = [];
  while (performance.now() < end) {
    const asked = performance.now();
    await connection.ask(frames);
    times.push(performance.now() - asked);
    await setTimeout(pauseBetweenAnswers);
  }
  await connection.close();
  return { count: times.length, seconds, countOfAll: times.length, waits: waitsOf(times) };
}

async function connections(load: ConnectionLoad): Promise<LoadReport> {
  const {
    port,
    clients,
    startup,
    frames,
    seconds = Number.POSITIVE_INFINITY,
    count: wanted = Number.POSITIVE_INFINITY,
  } = load;
  const begun = performance.now();
  const end = begun + seconds * 1000;
  let begunCount = 0;
  let count = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < end && begunCount < wanted) {
      begunCount += 1;
      const connection = await LoadConnection.open(port, startup);
      await connection.ask(frames);
      await connection.close();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, lane));
  return { count, seconds: (performance.now() - begun) / 1000, countOfAll: count };
}

async function stayIdle({ port, clients, startup }: IdleLoad): Promise<LoadReport> {
  const begun = performance.now();
  while (idle.length < clients) {
    const opening = Array.from({ length: Math.min(openedAtOnce, clients - idle.length) }, () =>
      LoadConnection.open(port, startup),
    );
    idle.push(...(await Promise.all(opening)));
  }
  return { count: idle.length, seconds: (performance.now() - begun) / 1000, countOfAll: idle.length };
}
