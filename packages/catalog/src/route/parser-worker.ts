import { parentPort } from 'node:worker_threads';
import { PostgresParser } from './postgres-parser.js';
import { readingOf } from './reading.js';

// The program of a thread that reads texts which would hold up everybody else: each message is one.
const port = parentPort!;
const parser = new PostgresParser();
port.on('message', async (sql: string) => port.postMessage(await readingOf(parser, sql)));
