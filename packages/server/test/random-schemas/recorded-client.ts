import { Socket } from 'node:net';
import pg from 'pg';

/** How a driver asks for its rows. */
export interface Asking {
  /** Else by a simple query. */
  readonly extended: boolean;
  /** At most so many rows for each Execute, 0 for all. */
  readonly portion: number;
}

/** What a driver was answered: the fields of each row as they came, and its own result or the error that it rejected with. */
export interface Received {
  readonly rows: readonly (readonly (Buffer | null)[])[];
  readonly result: pg.QueryArrayResult<(string | null)[]> | undefined;
  readonly error: pg.DatabaseError | undefined;
}

/** A node-postgres client whose socket is listened to: of values in binary it makes strings, which not all of them are. */
export class RecordedClient {
  readonly #client: pg.Client;
  #chunks: Buffer[] = [];

  constructor(
    config: pg.ClientConfig,
    readonly binary = false,
  ) {
    const socket = new Socket();
    // Copies: node-postgres puts parts of messages together in the buffers that they came in.
    socket.on('data', (chunk: Buffer) => this.#chunks.push(Buffer.from(chunk)));
    this.#client = new pg.Client({ ...config, stream: () => socket });
  }

  async connect(): Promise<void> {
    await this.#client.connect();
  }

  async end(): Promise<void> {
    await this.#client.end();
  }

  /** Asks anything. */
  async ask({ extended, portion }: Asking): Promise<Received> {
    this.#chunks = [];
    const query = {
      text: 'SELECT',
      rowMode: 'array' as const,
      types: { getTypeParser: () => (value: string) => value },
      queryMode: extended ? 'extended' : 'simple',
      binary: this.binary,
      ...(portion > 0 && { rows: portion }),
    };
    const answer = await this.#client.query<(string | null)[]>(query).catch(refusal);
    const rows = dataRows(Buffer.concat(this.#chunks));
    return answer instanceof pg.DatabaseError
      ? { rows, result: undefined, error: answer }
      : { rows, result: answer, error: undefined };
  }
}

function refusal(error: unknown): pg.DatabaseError {
  if (error instanceof pg.DatabaseError) return error;
  throw error;
}

/** The fields of all DataRows among messages. */
function dataRows(messages: Buffer): (Buffer | null)[][] {
  const rows: (Buffer | null)[][] = [];
  for (let at = 0; at < messages.length; at += 1 + messages.readInt32BE(at + 1)) {
    if (messages[at] === 'D'.charCodeAt(0)) rows.push(fieldsOf(messages, at + 5));
  }
  return rows;
}

function fieldsOf(messages: Buffer, start: number): (Buffer | null)[] {
  let at = start + 2;
  return Array.from({ length: messages.readInt16BE(start) }, () => {
    const length = messages.readInt32BE(at);
    const from = at + 4;
    at = from + Math.max(length, 0);
    return length < 0 ? null : messages.subarray(from, at);
  });
}
