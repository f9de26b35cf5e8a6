import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const readyForQuery = Buffer.from('5a0000000549', 'hex');
/** All connections read into the same bytes: each looks at them before the next does. */
const received = Buffer.allocUnsafeSlow(256 * 1024);

/** A client on a raw socket that does as little as it can: it counts bytes. */
export class LoadConnection {
  readonly #socket: Socket;
  #onBytes: (bytes: Uint8Array) => void = () => {};
  #onClose: (error: Error) => void = () => {};

  private constructor(port: number) {
    const onread = {
      buffer: received,
      callback: (length: number) => {
        this.#onBytes(received.subarray(0, length));
        return true;
      },
    };
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true, onread });
    this.#socket.on('error', () => {});
    this.#socket.once('close', () => this.#onClose(new Error('the server closed the connection')));
  }

  /** Connects and opens a session. */
  static async open(port: number, startup: Uint8Array): Promise<LoadConnection> {
    const connection = new LoadConnection(port);
    await once(connection.#socket, 'connect');
    await connection.ask(startup);
    return connection;
  }

  /** Sends bytes and waits for what ends with ReadyForQuery. */
  ask(frames: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      let tail: Uint8Array = new Uint8Array();
      this.#onClose = reject;
      this.#onBytes = (bytes) => {
        // What came before in the same bytes is overwritten by the next read.
        tail = bytes.length >= 6 ? Uint8Array.from(bytes.subarray(-6)) : Buffer.concat([tail, bytes]).subarray(-6);
        if (readyForQuery.equals(tail)) resolve();
      };
      this.#socket.write(frames);
    });
  }

  /** Sends the same bytes whenever the whole answer has come, and tells of each; until `onReply` answers false. */
  repeat(frames: Uint8Array, replyBytes: number, onReply: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      let missing = replyBytes;
      this.#onClose = reject;
      this.#onBytes = (bytes) => {
        missing -= bytes.length;
        if (missing > 0) return;
        if (missing < 0) {
          reject(new Error('the answer is longer than it should be'));
          this.#socket.destroy();
          return;
        }
        missing = replyBytes;
        if (onReply()) this.#socket.write(frames);
        else resolve();
      };
      this.#socket.write(frames);
    });
  }

  /** Says goodbye, and waits until the server has closed. */
  async close(): Promise<void> {
    const closed = once(this.#socket, 'close');
    this.#onBytes = () => {};
    this.#onClose = () => {};
    this.#socket.end(Buffer.from('5800000004', 'hex'));
    await closed;
  }
}
