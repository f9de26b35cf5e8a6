import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ServerAddress } from '../../src/client.js';

/** What a program found out: a question and its answer each. */
export type ToolAnswers = readonly (readonly [question: string, ...answer: unknown[]])[];

/** Runs a program that gets an address as its last parameters and prints a line of JSON for each of its questions. */
export async function toolAnswers(
  command: string,
  parameters: readonly string[],
  address: ServerAddress,
): Promise<ToolAnswers> {
  const { host, port, user, password, database } = address;
  const all = [...parameters, host, String(port), user, password, database];
  const { stdout } = await promisify(execFile)(command, all, { maxBuffer: 64 * 1024 * 1024 });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
