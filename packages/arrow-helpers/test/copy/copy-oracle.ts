import { connect, type Socket } from 'node:net';
import { inject } from 'vitest';

/** A message of the backend: its type letter and body. */
export interface Message {
  readonly type: string;
  readonly body: Buffer;
}

/** The fields of an ErrorResponse that are compared. */
export interface OracleError {
  readonly sqlstate: string;
  readonly message: string;
  readonly where: string | undefined;
  readonly position: number | undefined;
}

/** What a COPY came to: the CopyData payloads, in messages as they were sent, or the error. */
export interface CopyAnswer {
  readonly data: readonly Buffer[];
  readonly error: OracleError | undefined;
  readonly rows: readonly (readonly (string | null)[])[];
}

/** A session with the real PostgreSQL that speaks the protocol by itself: node-postgres has no COPY. */
export class CopyOracle implements AsyncDisposable {
  readonly #socket: Socket;
  #buffer = Buffer.alloc(0);
  #wake: (() => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk]);
      this.#wake?.();
    });
  }

  /** Connects over the Unix socket, which asks for no password. */
  static async open(): Promise<CopyOracle> {
    const { socketDirectory, port, user, database } = inject('oracle');
    const oracle = new CopyOracle(connect(`${socketDirectory}/.s.PGSQL.${port}`));
    const body = Buffer.from(`\0\x03\0\0user\0${user}\0database\0${database}\0client_encoding\0UTF8\0\0`, 'latin1');
    oracle.#socket.write(Buffer.concat([int32(body.length + 4), body]));
    await oracle.#untilReady();
    return oracle;
  }

  /** Runs a statement; `input` is what COPY FROM STDIN gets, each element a CopyData. */
  async run(sql: string, input: readonly Uint8Array[] = []): Promise<CopyAnswer> {
    this.#send('Q', Buffer.from(`${sql}\0`));
    return this.#untilReady(input);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#socket.once('close', resolve));
    this.#socket.end();
    await closed;
  }

  async #untilReady(input: readonly Uint8Array[] = []): Promise<CopyAnswer> {
    const data: Buffer[] = [];
    const rows: (readonly (string | null)[])[] = [];
    let error: OracleError | undefined;
    for (;;) {
      const { type, body } = await this.#next();
      if (type === 'd') data.push(body);
      if (type === 'D') rows.push(readRow(body));
      if (type === 'E') error = readError(body);
      if (type === 'G') {
        for (const chunk of input) this.#send('d', chunk);
        this.#send('c', Buffer.alloc(0));
      }
      if (type === 'Z') return { data, error, rows };
    }
  }

  async #next(): Promise<Message> {
    for (;;) {
      const end = this.#buffer.length < 5 ? Number.POSITIVE_INFINITY : 1 + this.#buffer.readInt32BE(1);
      if (this.#buffer.length >= end) {
        const message = { type: this.#buffer.toString('latin1', 0, 1), body: this.#buffer.subarray(5, end) };
        this.#buffer = this.#buffer.subarray(end);
        return message;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #send(type: string, body: Uint8Array): void {
    this.#socket.write(Buffer.concat([Buffer.from(type, 'latin1'), int32(body.length + 4), body]));
  }
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function readRow(body: Buffer): (string | null)[] {
  const fields: (string | null)[] = [];
  let at = 2;
  for (let column = body.readInt16BE(0); column > 0; column--) {
    const length = body.readInt32BE(at);
    fields.push(length < 0 ? null : body.toString('utf8', at + 4, at + 4 + length));
    at += 4 + Math.max(length, 0);
  }
  return fields;
}

function readError(body: Buffer): OracleError {
  const fields = new Map<string, string>();
  for (const field of body.toString('utf8').split('\0')) fields.set(field.slice(0, 1), field.slice(1));
  const position = fields.get('P');
  return {
    sqlstate: fields.get('C') ?? '',
    message: fields.get('M') ?? '',
    where: fields.get('W'),
    position: position === undefined ? undefined : Number(position),
  };
}
