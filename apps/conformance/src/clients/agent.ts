import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Ability, type Client, ClientAbsentError, ClientError, type Connection, type Result } from '../client.js';

interface Answer {
  readonly version?: string;
  readonly absent?: string;
  readonly result?: Result;
  readonly error?: { readonly sqlstate: string; readonly message: string };
  /** What went wrong on the client's side. */
  readonly failure?: string;
}

/**
 * Starts a client that is written in Python: a small program in this folder, in the virtual environment that `.ci/run`
 * makes, which reads one request for each line of its input and answers each with one line.
 */
export async function startPythonClient(
  program: string,
  lacks: Readonly<Partial<Record<Ability, string>>>,
): Promise<Client> {
  const python = fileURLToPath(new URL('../../../../.clients/python/bin/python', import.meta.url));
  if (!existsSync(python)) {
    throw new ClientAbsentError('there is no Python environment in .clients/python: `.ci/run` makes it');
  }
  const agent = new Agent(python, [fileURLToPath(new URL(program, import.meta.url))]);
  const { version, absent } = await agent.nextAnswer();
  if (version === undefined) {
    await agent.close();
    throw new ClientAbsentError(`.clients/python: ${absent}`);
  }
  let connections = 0;
  return {
    version,
    lacks,
    close: () => agent.close(),
    async connect(address): Promise<Connection> {
      connections += 1;
      const connection = connections;
      await agent.ask({ connect: connection, address });
      return {
        query: async (sql, options = {}) => resultOf(await agent.ask({ query: connection, sql, ...options })),
        close: async () => void (await agent.ask({ close: connection })),
      };
    },
  };
}

function resultOf({ result }: Answer): Result {
  if (result === undefined) {
    throw new Error('the agent answered without a result');
  }
  return result;
}

/** A subprocess that answers questions, one after another. */
class Agent {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  #diagnostics = '';

  constructor(command: string, parameters: readonly string[]) {
    const env = { ...process.env, PYTHONUTF8: '1', PYTHONDONTWRITEBYTECODE: '1' };
    this.#process = spawn(command, parameters, { env });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
    this.#process.stdin.on('error', () => undefined);
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#diagnostics = (this.#diagnostics + text).slice(-4096);
    });
  }

  async ask(question: object): Promise<Answer> {
    this.#process.stdin.write(`${JSON.stringify(question)}\n`);
    const answer = await this.nextAnswer();
    if (answer.error) {
      throw new ClientError(answer.error.sqlstate, answer.error.message);
    }
    if (answer.failure !== undefined) {
      throw new Error(answer.failure);
    }
    return answer;
  }

  async nextAnswer(): Promise<Answer> {
    const line = await this.#lines.next();
    if (line.done) {
      throw new Error(`the client's process ended: ${this.#diagnostics}`);
    }
    return JSON.parse(line.value);
  }

  async close(): Promise<void> {
    const ended = once(this.#process, 'close');
    this.#process.stdin.end();
    await ended;
  }
}
