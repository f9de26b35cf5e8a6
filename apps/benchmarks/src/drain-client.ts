import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Socket } from 'node:net';
import pg from 'pg';
import { serialize } from 'pg-protocol';

/** Where a server is, for a client. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password?: string;
}

export type ResultFormat = 'text' | 'binary';

/** What one drained result was. */
export interface Drained {
  readonly seconds: number;
  readonly firstByteMilliseconds: number;
  readonly bytes: number;
  /** Seconds of CPU that this process took meanwhile. */
  readonly clientCpu: number;
  /** Of all DataRow bytes, when asked for: two servers that give the same rows give the same. */
  readonly md5: string | undefined;
}

export interface DrainOptions {
  readonly format: ResultFormat;
  /** Binary rows always come by the extended protocol. @defaultValue simple */
  readonly protocol?: 'simple' | 'extended';
  /** By a binary cursor: the only binary rows that the simple protocol has, but COPY's. */
  readonly cursor?: 'binary';
  readonly hash?: boolean;
  /** A slow reader: at most this many bytes per second. */
  readonly bytesPerSecond?: number;
  /** Told of all bytes so far, as they come. */
  readonly onProgress?: (bytes: number) => void;
}

const readyForQuery = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/**
 * Reads results and throws them away, so that a server's speed shows and not a driver's. node-postgres opens the session
 * (it knows SCRAM); then its socket is ours.
 */
export class DrainClient {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async connect(address: Address): Promise<DrainClient> {
    const client = new pg.Client({ ...address });
    await client.connect();
    const { connection } = client as pg.Client & { readonly connection: { readonly stream: unknown } };
    if (!(connection.stream instanceof Socket)) throw new Error('node-postgres connected without a socket');
    connection.stream.removeAllListeners('data');
    // It takes the end of a socket that it no longer reads for an accident; `drain` tells a real one.
    client.on('error', () => {});
    return new DrainClient(connection.stream);
  }

  /** The client's own port: by it a server knows which session this is. */
  get localPort(): number | undefined {
    return this.#socket.localPort;
  }

  /** Runs a query to its ReadyForQuery. */
  async drain(sql: string, options: DrainOptions): Promise<Drained> {
    const socket = this.#socket;
    const hash = options.hash === true ? createHash('md5') : undefined;
    const rows = new DataRowFilter((bytes) => hash?.update(bytes));
    let bytes = 0;
    let tail: Buffer = Buffer.alloc(0);
    let firstByte = 0;
    const cpuBefore = process.cpuUsage();
    const begun = performance.now();
    const done = new Promise<void>((resolve, reject) => {
      const onClose = (): void => reject(new Error('the server closed the connection'));
      socket.once('close', onClose);
      const onData = (chunk: Buffer): void => {
        if (bytes === 0) firstByte = performance.now() - begun;
        bytes += chunk.length;
        if (hash !== undefined) rows.push(chunk);
        options.onProgress?.(bytes);
        if (options.bytesPerSecond !== undefined) this.#holdBack(begun, bytes, options.bytesPerSecond);
        tail = chunk.length >= 6 ? chunk.subarray(-6) : Buffer.concat([tail, chunk]).subarray(-6);
        if (!tail.equals(readyForQuery)) return;
        socket.off('data', onData);
        socket.off('close', onClose);
        resolve();
      };
      socket.on('data', onData);
    });
    socket.write(
      options.cursor === 'binary'
        ? serialize.query(`BEGIN; DECLARE c BINARY CURSOR FOR ${sql}; FETCH ALL FROM c; COMMIT`)
        : frames(sql, options.format, options.protocol),
    );
    await done;
    const { user, system } = process.cpuUsage(cpuBefore);
    return {
      seconds: (performance.now() - begun) / 1000,
      firstByteMilliseconds: firstByte,
      bytes,
      clientCpu: (user + system) / 1e6,
      md5: hash?.digest('hex'),
    };
  }

  /** Milliseconds from a query to the first byte of its answer; then the client is gone. */
  async firstByte(sql: string, format: ResultFormat): Promise<number> {
    const first = once(this.#socket, 'data');
    const begun = performance.now();
    this.#socket.write(frames(sql, format));
    await first;
    const milliseconds = performance.now() - begun;
    this.#socket.destroy();
    return milliseconds;
  }

  /** Is gone at once. */
  destroy(): void {
    this.#socket.destroy();
  }

  async close(): Promise<void> {
    this.#socket.end(serialize.end());
    if (!this.#socket.closed) await once(this.#socket, 'close');
  }

  #holdBack(begun: number, bytes: number, bytesPerSecond: number): void {
    const ahead = (bytes / bytesPerSecond) * 1000 - (performance.now() - begun);
    if (ahead <= 1) return;
    this.#socket.pause();
    setTimeout(() => this.#socket.resume(), ahead);
  }
}

function frames(sql: string, format: ResultFormat, protocol: 'simple' | 'extended' = 'simple'): Buffer {
  if (format === 'text' && protocol === 'simple') return serialize.query(sql);
  return Buffer.concat([
    serialize.parse({ text: sql }),
    serialize.bind({ binary: format === 'binary' }),
    serialize.describe({ type: 'P' }),
    serialize.execute(),
    serialize.sync(),
  ]);
}

/** Passes on the bytes of DataRow messages, whatever chunks they come in. */
class DataRowFilter {
  readonly #onRows: (bytes: Buffer) => void;
  #rest: Buffer = Buffer.alloc(0);

  constructor(onRows: (bytes: Buffer) => void) {
    this.#onRows = onRows;
  }

  push(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    let from = -1;
    while (at + 5 <= bytes.length) {
      const end = at + 1 + bytes.readUInt32BE(at + 1);
      if (end > bytes.length) break;
      const isRow = bytes[at] === 0x44;
      if (isRow && from < 0) from = at;
      if (!isRow && from >= 0) {
        this.#onRows(bytes.subarray(from, at));
        from = -1;
      }
      at = end;
    }
    if (from >= 0) this.#onRows(bytes.subarray(from, at));
    this.#rest = Buffer.from(bytes.subarray(at));
  }
}
