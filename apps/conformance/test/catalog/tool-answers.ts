import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type { ServerAddress } from '../../src/client.js';
import type { LiveShop } from './live-shop.js';

/** What a program found out: a question and its answer each. */
export type ToolAnswers = readonly (readonly [question: string, ...answer: unknown[]])[];

/** A program that gets an address as its last parameters and prints a line of JSON for each of its questions. */
export interface Tool {
  readonly command: string;
  readonly parameters: readonly string[];
  /** It has more questions than so many. */
  readonly questions: number;
}

/** Asserts that a tool finds the same in our server as in PostgreSQL; gives its answers. */
export async function expectSameAnswers(tool: Tool, { ours, theirs }: LiveShop): Promise<ToolAnswers> {
  const answers = await toolAnswers(tool, ours);
  const expected = await toolAnswers(tool, theirs);
  expect(answers.length).toBeGreaterThan(tool.questions);
  for (const [at, answer] of answers.entries()) expect.soft(answer).toEqual(expected[at]);
  return answers;
}

async function toolAnswers({ command, parameters }: Tool, address: ServerAddress): Promise<ToolAnswers> {
  const { host, port, user, password, database } = address;
  const all = [...parameters, host, String(port), user, password, database];
  const { stdout } = await promisify(execFile)(command, all, { maxBuffer: 64 * 1024 * 1024 });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
