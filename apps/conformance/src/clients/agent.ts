import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Client, ClientAbsentError, ClientError, type Connection, type ServerAddress } from '../client.js';

/** A client in another language: a program that answers requests, one line of JSON each, and what it can do. */
export interface AgentDescription extends Pick<Client, 'lacks' | 'ways' | 'unreadable'> {
  readonly command: string;
  readonly parameters: readonly string[];
}

interface Answer {
  readonly version?: string;
  readonly absent?: string;
  readonly value?: unknown;
  readonly error?: { readonly sqlstate: string; readonly message: string };
  /** What went wrong on the client's side. */
  readonly failure?: string;
}

/** Starts a client that is a program of its own; the request's names are those of `Connection`'s methods. */
export async function startAgent(description: AgentDescription): Promise<Client> {
  const { command, parameters, ...abilities } = description;
  const agent = new Agent(command, parameters);
  const { version, absent } = await agent.nextAnswer();
  if (version === undefined) {
    await agent.close();
    throw new ClientAbsentError(String(absent));
  }
  let connections = 0;
  const connect = async (address: ServerAddress, way?: string): Promise<Connection> => {
    connections += 1;
    const connection = connections;
    await agent.ask({ ask: 'connect', connection, address, way });
    return connectionOf(<T>(ask: string, details: object = {}) => agent.ask<T>({ ask, connection, ...details }));
  };
  return { version, ...abilities, connect, close: () => agent.close() };
}

function connectionOf(ask: <T>(ask: string, details?: object) => Promise<T>): Connection {
  return {
    query: (sql, options) => ask('query', { sql, ...options }),
    script: (sql) => ask('script', { sql }),
    batch: (sql, lists) => ask('batch', { sql, lists }),
    portions: (sql, size, most) => ask('portions', { sql, size, most }),
    copyOut: async (sql, format) => Buffer.from(await ask<string>('copyOut', { sql, format }), 'base64'),
    copyIn: (target, format, data) => ask('copyIn', { ...target, format, data: data.toString('base64') }),
    copyRows: (target, lists) => ask('copyRows', { ...target, lists }),
    echo: (sql, echoing) => ask('echo', { sql, echoing }),
    copyEcho: (target, sql) => ask('copyEcho', { ...target, sql }),
    async start(sql) {
      await ask('start', { sql });
      return { cancel: () => ask('cancel'), result: () => ask('result') };
    },
    close: () => ask('close'),
  };
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

  /** The value is what the agent made it: its programs are ours. */
  async ask<T>(question: object): Promise<T> {
    this.#process.stdin.write(`${JSON.stringify(question)}\n`);
    const { error, failure, value } = await this.nextAnswer();
    if (error) {
      throw new ClientError(error.sqlstate, error.message);
    }
    if (failure !== undefined) {
      throw new Error(failure);
    }
    return value as T;
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
