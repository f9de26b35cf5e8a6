import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LoadConnection } from '../src/load-connection.js';

const welcome = Buffer.from('5200000008000000005a0000000549', 'hex');
const startup = Buffer.from('startup');
const question = Buffer.from('question');
const reply = Buffer.from('a reply');

let server: Server;
let heard: string;
let answer: (socket: Socket) => void;

beforeEach(async () => {
  heard = '';
  answer = (socket) => socket.write(reply);
  server = createServer((socket) => {
    socket.on('data', (bytes: Buffer) => {
      heard += bytes.toString();
      if (bytes.equals(startup)) socket.write(welcome);
      else if (bytes[0] === question[0]) answer(socket);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
});

function port(): number {
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

/** Asks so many times and gives how often it was answered. */
async function repeated(times: number): Promise<number> {
  const connection = await LoadConnection.open(port(), startup);
  let replies = 0;
  await connection.repeat(question, reply.length, () => {
    replies += 1;
    return replies < times;
  });
  await connection.close();
  return replies;
}

test('a client asks again when the answer has come, and says goodbye', async () => {
  expect(await repeated(3)).toBe(3);
  expect(heard).toBe(`startup${'question'.repeat(3)}X\0\0\0\x04`);
});

test('an answer in pieces is one answer', async () => {
  answer = (socket) => {
    socket.write(reply.subarray(0, 5));
    setImmediate(() => socket.write(reply.subarray(5)));
  };
  expect(await repeated(3)).toBe(3);
});

test('an answer that is longer than it should be is an error, and so is the end of the server', async () => {
  answer = (socket) => socket.write(Buffer.concat([reply, reply]));
  await expect(repeated(1)).rejects.toThrow('longer than it should be');
  answer = (socket) => socket.destroy();
  await expect(repeated(1)).rejects.toThrow('closed the connection');
});
